package dev.latencylens.harness.secret;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where one key is kept. Never the key itself, so that a location may stand in configurations,
 * messages, manifests and audit logs.
 */
public sealed interface KeyLocation {
  /**
   * Names the place for a person.
   *
   * @return such as {@code the environment variable OPENAI_API_KEY}, to go on within a sentence
   */
  String inWords();

  /**
   * An environment variable.
   *
   * @param variable its name
   */
  record Environment(String variable) implements KeyLocation {
    @Override
    public String inWords() {
      return "the environment variable " + variable;
    }
  }

  /**
   * A variable in a {@code .env} file.
   *
   * @param file the file, which only its owner may read
   * @param variable the variable's name
   */
  record DotEnv(Path file, String variable) implements KeyLocation {
    @Override
    public String inWords() {
      return variable + " in " + file;
    }
  }

  /**
   * A file that holds nothing but the key.
   *
   * @param file the file, which only its owner may read
   */
  record KeyFile(Path file) implements KeyLocation {
    @Override
    public String inWords() {
      return "the file " + file;
    }
  }

  /**
   * A field of a secret in a key-value engine of HashiCorp Vault.
   *
   * @param path the mount and the secret's path under it, such as {@code secret/llm/openai}; never
   *     with the {@code data/} that version 2 of the engine puts between them
   * @param field which of the secret's fields
   * @param version 1 or 2, the version of the key-value engine
   */
  record Vault(String path, String field, int version) implements KeyLocation {
    @Override
    public String inWords() {
      return "the field " + field + " of " + path + " in Vault";
    }
  }

  /**
   * A secret in AWS Secrets Manager.
   *
   * @param id the secret's name or ARN
   * @param field which field, where the secret is a JSON object; the whole secret if empty
   * @param region the region; as the AWS SDK finds it if empty
   */
  record AwsSecret(String id, Optional<String> field, Optional<String> region)
      implements KeyLocation {
    @Override
    public String inWords() {
      return field.map(name -> "the field " + name + " of ").orElse("")
          + "the secret "
          + id
          + " in AWS Secrets Manager";
    }
  }

  /**
   * What a command prints, such as {@code pass show openai} or {@code op read op://…}.
   *
   * @param arguments the command and its arguments; no shell looks at them
   */
  record Command(List<String> arguments) implements KeyLocation {
    /**
     * Copies the list.
     *
     * @throws IllegalArgumentException if there is no command
     */
    public Command {
      arguments = List.copyOf(arguments);
      if (arguments.isEmpty()) {
        throw new IllegalArgumentException("there is no command");
      }
    }

    /** Names the command alone: its arguments are their author's business. */
    @Override
    public String inWords() {
      return "the output of " + arguments.get(0);
    }
  }
}
