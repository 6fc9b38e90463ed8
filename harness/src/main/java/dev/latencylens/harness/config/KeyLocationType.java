package dev.latencylens.harness.config;

import dev.latencylens.harness.secret.KeyLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** One place where a key may be: a mapping whose kind its first key tells. */
final class KeyLocationType implements ValueType<KeyLocation> {
  /** Capitals only, which is what people use for keys, and what hardly any key consists of. */
  private static final Pattern VARIABLE = Pattern.compile("[A-Z_][A-Z0-9_]{0,63}");

  private static final Pattern VAULT_PATH =
      Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)++");
  private static final Pattern FIELD = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");

  /** As the service allows them, ARNs included. */
  private static final Pattern SECRET_ID = Pattern.compile("[A-Za-z0-9/_+=.@:!-]{1,512}");

  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)++-[0-9]{1,2}");
  private static final int MOST_ARGUMENTS = 32;
  private static final int LONGEST_ARGUMENT = 400;
  private static final String DOTENV_FILE = ".env";

  private static final Key<KeyLocation.Environment, String> ENV =
      Key.required(
          "env",
          variable("an environment variable"),
          KeyLocation.Environment::variable,
          "An environment variable that holds the key.");

  private static final Key<KeyLocation.DotEnv, String> DOTENV =
      Key.required(
          "dotenv",
          variable("a variable"),
          KeyLocation.DotEnv::variable,
          "A variable in a .env file that only its owner may read.");

  private static final Key<KeyLocation.DotEnv, Path> DOTENV_PATH =
      Key.optional(
          "path",
          path("the path of a .env file"),
          ".env beside the configuration",
          place -> Optional.of(place.file()),
          "The .env file, relative to the configuration's directory.");

  private static final Key<KeyLocation.KeyFile, Path> FILE =
      Key.required(
          "file",
          path("the path of a file that holds nothing but the key"),
          KeyLocation.KeyFile::file,
          "A file that holds nothing but the key and that only its owner may read, relative to the"
              + " configuration's directory.");

  private static final Key<KeyLocation.Vault, String> VAULT =
      Key.required(
          "vault",
          word("a mount and path such as secret/llm/openai, without data/", VAULT_PATH),
          KeyLocation.Vault::path,
          "A secret in a key-value engine of HashiCorp Vault: its mount and path.");

  private static final Key<KeyLocation.Vault, String> VAULT_FIELD =
      Key.required(
          "field",
          word("the name of a field", FIELD),
          KeyLocation.Vault::field,
          "Which field of the secret is the key.");

  private static final Key<KeyLocation.Vault, Long> VAULT_VERSION =
      Key.withDefault(
          "version",
          Types.whole(1, 2),
          2L,
          place -> (long) place.version(),
          "The version of Vault's key-value engine.");

  private static final Key<KeyLocation.AwsSecret, String> AWS_SECRET =
      Key.required(
          "aws_secret",
          word("the name or ARN of a secret", SECRET_ID),
          KeyLocation.AwsSecret::id,
          "A secret in AWS Secrets Manager.");

  private static final Key<KeyLocation.AwsSecret, String> AWS_FIELD =
      Key.optional(
          "field",
          word("the name of a field", FIELD),
          "the whole secret",
          KeyLocation.AwsSecret::field,
          "Which field is the key, where the secret is a JSON object.");

  private static final Key<KeyLocation.AwsSecret, String> AWS_REGION =
      Key.optional(
          "region",
          word("a region such as eu-central-1", REGION),
          "as the AWS SDK finds it",
          KeyLocation.AwsSecret::region,
          "The secret's region.");

  private static final Key<KeyLocation.Command, List<String>> COMMAND =
      Key.required(
          "command",
          new ListType<>(
              word(
                  "text of 1 to " + LONGEST_ARGUMENT + " characters",
                  text -> !text.isEmpty() && text.length() <= LONGEST_ARGUMENT),
              MOST_ARGUMENTS),
          KeyLocation.Command::arguments,
          "A command and its arguments that print the key, such as [pass, show, openai].");

  static final Section<KeyLocation.Environment> ENVIRONMENT_PLACE =
      new Section<>(
          List.of(ENV), values -> Optional.of(new KeyLocation.Environment(values.get(ENV))));

  private static final Section<KeyLocation.KeyFile> FILE_PLACE =
      new Section<>(
          List.of(FILE), values -> Optional.of(new KeyLocation.KeyFile(values.get(FILE))));

  private static final Section<KeyLocation.Vault> VAULT_PLACE =
      new Section<>(
          List.of(VAULT, VAULT_FIELD, VAULT_VERSION),
          values ->
              Optional.of(
                  new KeyLocation.Vault(
                      values.get(VAULT),
                      values.get(VAULT_FIELD),
                      Math.toIntExact(values.get(VAULT_VERSION)))));

  private static final Section<KeyLocation.AwsSecret> AWS_PLACE =
      new Section<>(
          List.of(AWS_SECRET, AWS_FIELD, AWS_REGION),
          values ->
              Optional.of(
                  new KeyLocation.AwsSecret(
                      values.get(AWS_SECRET), values.find(AWS_FIELD), values.find(AWS_REGION))));

  private static final Section<KeyLocation.Command> COMMAND_PLACE =
      new Section<>(
          List.of(COMMAND), values -> Optional.of(new KeyLocation.Command(values.get(COMMAND))));

  @Override
  public Optional<KeyLocation> read(final String key, final Node node, final Reading reading) {
    if (!(node instanceof MappingNode mapping)) {
      LiteralKeys.refuseValue(node, reading.problems());
      return Optional.empty();
    }
    final Map<String, Section<? extends KeyLocation>> kinds = kinds(reading.directory());
    for (final NodeTuple tuple : mapping.getValue()) {
      if (tuple.getKeyNode() instanceof ScalarNode name && kinds.containsKey(name.getValue())) {
        return kinds.get(name.getValue()).read(key, node, reading).map(place -> place);
      }
    }
    // Its own section says more of a mapping that says nothing, or a key by mistake.
    ENVIRONMENT_PLACE.read(key, node, reading);
    return Optional.empty();
  }

  private static Map<String, Section<? extends KeyLocation>> kinds(final Path directory) {
    final Map<String, Section<? extends KeyLocation>> kinds = new LinkedHashMap<>();
    kinds.put(ENV.name(), ENVIRONMENT_PLACE);
    kinds.put(DOTENV.name(), dotEnv(directory.resolve(DOTENV_FILE)));
    kinds.put(FILE.name(), FILE_PLACE);
    kinds.put(VAULT.name(), VAULT_PLACE);
    kinds.put(AWS_SECRET.name(), AWS_PLACE);
    kinds.put(COMMAND.name(), COMMAND_PLACE);
    return kinds;
  }

  private static Section<KeyLocation.DotEnv> dotEnv(final Path byDefault) {
    return new Section<>(
        List.of(DOTENV, DOTENV_PATH),
        values ->
            Optional.of(
                new KeyLocation.DotEnv(
                    values.find(DOTENV_PATH).orElse(byDefault), values.get(DOTENV))));
  }

  @Override
  public Object plain(final KeyLocation place) {
    if (place instanceof KeyLocation.Environment environment) {
      return ENVIRONMENT_PLACE.plain(environment);
    }
    if (place instanceof KeyLocation.DotEnv variable) {
      return dotEnv(variable.file()).plain(variable);
    }
    if (place instanceof KeyLocation.KeyFile file) {
      return FILE_PLACE.plain(file);
    }
    if (place instanceof KeyLocation.Vault vault) {
      return VAULT_PLACE.plain(vault);
    }
    if (place instanceof KeyLocation.AwsSecret secret) {
      return AWS_PLACE.plain(secret);
    }
    // The arguments are their author's business: a habit from the shell may be among them.
    return Map.of(COMMAND.name(), ((KeyLocation.Command) place).arguments().get(0));
  }

  @Override
  public String form() {
    return "{ env: NAME }, { dotenv: NAME }, { file: PATH }, { vault: PATH, field: NAME },"
        + " { aws_secret: NAME } or { command: [NAME, ARGUMENT] }";
  }

  private static ValueType<String> variable(final String what) {
    return new ScalarType<>(
        "the name of " + what + " in capitals, such as OPENAI_API_KEY",
        Set.of(Tag.STR),
        (text, reading) -> {
          if (!VARIABLE.matcher(text).matches()) {
            throw new IllegalArgumentException(
                "must be the name of "
                    + what
                    + " in capitals, such as OPENAI_API_KEY, and never the key itself");
          }
          return Optional.of(text);
        },
        text -> text);
  }

  private static ValueType<String> word(final String form, final Pattern pattern) {
    return word(form, text -> pattern.matcher(text).matches());
  }

  private static ValueType<String> word(final String form, final Predicate<String> allowed) {
    return new ScalarType<>(
        form, Set.of(Tag.STR), (text, reading) -> Optional.of(text).filter(allowed), text -> text);
  }

  private static ValueType<Path> path(final String form) {
    return new ScalarType<>(
        form,
        Set.of(Tag.STR),
        (text, reading) -> Optional.of(FilePaths.resolve(text, reading.directory())),
        file -> String.valueOf(file.getFileName()));
  }

  /** Several places, or one. */
  static final class InOrder implements ValueType<List<KeyLocation>> {
    private static final KeyLocationType ONE = new KeyLocationType();
    private static final int MOST = 8;

    @Override
    public Optional<List<KeyLocation>> read(
        final String key, final Node node, final Reading reading) {
      return node instanceof MappingNode || node instanceof ScalarNode
          ? ONE.read(key, node, reading).map(List::of)
          : new ListType<>(ONE, MOST).read(key, node, reading);
    }

    @Override
    public Object plain(final List<KeyLocation> places) {
      final List<Object> plain = new ArrayList<>();
      places.forEach(place -> plain.add(ONE.plain(place)));
      return plain.size() == 1 ? plain.get(0) : plain;
    }

    @Override
    public String form() {
      return ONE.form() + ", or a list of these in the order in which they are tried";
    }
  }
}
