package dev.latencylens.harness.config;

import dev.latencylens.harness.secret.VaultSettings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** The top level of the file; its sections stand in classes of their own. */
final class ConfigurationSchema {
  private static final int MOST_TARGETS = 1_000;

  private static final Key<Configuration, String> NAME =
      Key.optional(
          "name",
          Types.text(
              "1 to 64 letters, digits, dots, hyphens and underscores that begin with a letter or"
                  + " digit",
              Configuration::isRunName,
              text -> text),
          "a run without a name of its own",
          Configuration::name,
          "The run's name, which stands in the name of its directory.");

  private static final Key<Configuration, List<Target>> TARGETS =
      Key.required(
          "targets",
          new ListType<>(new TargetType(), MOST_TARGETS),
          Configuration::targets,
          "What is measured.");

  private static final Key<Configuration, Workload> WORKLOAD =
      Key.withDefault(
          "workload",
          WorkloadSchema.SECTION,
          Workload.DEFAULT,
          Configuration::workload,
          "What is asked of each target.");

  private static final Key<Configuration, List<Load>> LOAD =
      Key.withDefault(
          "load",
          new LoadsType(),
          List.of(Load.Closed.DEFAULT),
          Configuration::loads,
          "How much is asked, and when: one load, or a list of them.");

  private static final Key<Configuration, Deadlines> DEADLINES =
      Key.withDefault(
          "deadlines",
          DeadlinesSchema.SECTION,
          Deadlines.DEFAULT,
          Configuration::deadlines,
          "How long each phase of a stream may take.");

  private static final Key<Configuration, LimitSettings> LIMITS =
      Key.withDefault(
          "limits",
          LimitsSchema.SECTION,
          LimitSettings.NONE,
          Configuration::limits,
          "How fast requests may be released: to each target, to a provider, in the whole run.");

  private static final Key<Configuration, Budget> BUDGET =
      Key.optional(
          "budget",
          SafeguardsSchema.BUDGET,
          "no bound",
          configuration ->
              Optional.of(configuration.safeguards().budget())
                  .filter(budget -> !budget.equals(Budget.NONE)),
          "The most that the run may ask for and spend.");

  private static final Key<Configuration, ErrorStop> STOP_TARGET =
      Key.withDefault(
          "stop_target",
          SafeguardsSchema.ERROR_STOP,
          ErrorStop.DEFAULT,
          configuration -> configuration.safeguards().errorStop(),
          "When a target has failed so often that no more is asked of it.");

  private static final Key<Configuration, Long> RETRIES =
      Key.withDefault(
          "retries",
          Types.whole(0, Safeguards.MOST_RETRIES),
          (long) Safeguards.DEFAULT.retries(),
          configuration -> (long) configuration.safeguards().retries(),
          "How often a stream that failed before its answer began is asked for again: each attempt"
              + " is a stream of its own in all counts.");

  private static final Key<Configuration, Objectives> OBJECTIVES =
      Key.optional(
          "objectives",
          SafeguardsSchema.OBJECTIVES,
          "none, and no goodput",
          configuration -> Optional.of(configuration.objectives()).filter(Objectives::stated),
          "What a stream has to meet to count in goodput.");

  private static final Key<Configuration, Comparison> COMPARISON =
      Key.withDefault(
          "comparison",
          ComparisonSchema.SECTION,
          Comparison.DEFAULT,
          Configuration::comparison,
          "What is compared, and from which change on it matters: the run keeps it, and"
              + " scripts/compare judges by it.");

  private static final Key<Configuration, Http2> HTTP2 =
      Key.withDefault(
          "http2",
          Types.oneOf(Http2.class),
          Http2.EXCLUSIVE,
          Configuration::http2,
          "Whether HTTP/2 is spoken, and whether streams share its connections.");

  private static final Key<Configuration, Connections> CONNECTIONS =
      Key.withDefault(
          "connections",
          ConnectionsSchema.SECTION,
          Connections.DEFAULT,
          Configuration::connections,
          "How connections are kept and used again.");

  private static final Key<Configuration, Long> MAX_STREAM_BYTES =
      Key.withDefault(
          "max_stream_bytes",
          Types.size(Configuration.LEAST_MAX_STREAM_BYTES, Configuration.MOST_MAX_STREAM_BYTES),
          Configuration.DEFAULT_MAX_STREAM_BYTES,
          Configuration::maxStreamBytes,
          "The largest body that is accepted.");

  private static final Key<Configuration, Long> MAX_EVENT_BYTES =
      Key.withDefault(
          "max_event_bytes",
          Types.size(Configuration.LEAST_MAX_STREAM_BYTES, Configuration.MOST_MAX_STREAM_BYTES),
          Configuration.DEFAULT_MAX_EVENT_BYTES,
          Configuration::maxEventBytes,
          "The largest single event of a stream that is accepted.");

  private static final Key<Configuration, Double> CANARY_SHARE =
      Key.withDefault(
          "canary_share",
          Types.decimal(0, Configuration.MOST_CANARY_SHARE),
          Configuration.DEFAULT_CANARY_SHARE,
          Configuration::canaryShare,
          "How many streams of the simulator are read beside the measured ones, to know the"
              + " instrument's own error: for each stream that the load may have in flight. At"
              + " least one, and none with 0; more where short rounds would bring too few events.");

  private static final Key<Configuration, Map<String, KeyReference>> KEYS =
      Key.optional(
          "keys",
          new ByProviderType<>("keys", new KeyReferenceType()),
          "each provider's own environment variable, then .env",
          configuration ->
              Optional.of(configuration.keys().byProvider()).filter(keys -> !keys.isEmpty()),
          "For each provider where the keys of its targets are found: never a key itself.");

  private static final Key<Configuration, VaultSettings> VAULT =
      Key.optional(
          "vault",
          VaultSchema.SECTION,
          "VAULT_ADDR and VAULT_TOKEN",
          configuration ->
              Optional.of(configuration.keys().vault())
                  .filter(vault -> !vault.equals(VaultSettings.FROM_ENVIRONMENT)),
          "How HashiCorp Vault is reached.");

  private static final Key<Configuration, DataCare> DATA =
      Key.withDefault(
          "data",
          DataCareSchema.SECTION,
          DataCare.DEFAULT,
          Configuration::care,
          "What becomes of data: who asked, how long it is kept, what is stored.");

  private static final Key<Configuration, PriceFile> PRICES =
      Key.optional(
          "prices",
          PriceSchema.namedFile(),
          "the prices that the suite brings along",
          Configuration::prices,
          "A price file, relative to the file's directory; its entries come before the suite's.");

  private static final Key<Configuration, DialectFile> DIALECTS =
      Key.optional(
          DialectSchema.KEY,
          SectionFile.named("file of dialects", DialectFile::load, DialectFile::name),
          "the services that the suite knows",
          Configuration::dialects,
          "A file of services that speak OpenAI's chat API, relative to the file's directory.");

  private static final Key<Configuration, Long> ROUNDS =
      Key.optional(
          "rounds",
          Types.whole(1, Configuration.MOST_ROUNDS),
          Configuration.DEFAULT_ROUNDS
              + ", or "
              + Configuration.COMPARED_ROUNDS
              + " where something is compared",
          configuration -> Optional.of((long) configuration.rounds()),
          "How many rounds of each cell are measured.");

  private static final Key<Configuration, Long> SEED =
      Key.optional(
          "seed",
          Types.anyWhole(),
          "drawn for each run, and recorded",
          configuration -> configuration.seed().stream().boxed().findFirst(),
          "Decides the order of the rounds and all else that is random.");

  static final Section<Configuration> SECTION =
      new Section<>(
          List.of(
              NAME,
              TARGETS,
              WORKLOAD,
              LOAD,
              DEADLINES,
              LIMITS,
              BUDGET,
              STOP_TARGET,
              RETRIES,
              OBJECTIVES,
              COMPARISON,
              HTTP2,
              CONNECTIONS,
              MAX_STREAM_BYTES,
              MAX_EVENT_BYTES,
              CANARY_SHARE,
              KEYS,
              VAULT,
              DATA,
              PRICES,
              DIALECTS,
              ROUNDS,
              SEED),
          ConfigurationSchema::build);

  private ConfigurationSchema() {}

  private static Optional<Configuration> build(final Values values) {
    if (!namesDiffer(values)) {
      return Optional.empty();
    }
    if (!pairsAreTargets(values)) {
      return Optional.empty();
    }
    if (values.get(HTTP2) == Http2.MULTIPLEXED && !values.get(CONNECTIONS).reuse()) {
      values.problem(HTTP2, Configuration.SHARING_NEEDS_REUSE);
      return Optional.empty();
    }
    final Optional<Long> seed = values.find(SEED);
    final KeySettings keys =
        new KeySettings(
            values.find(KEYS).orElseGet(Map::of),
            values.find(VAULT).orElse(VaultSettings.FROM_ENVIRONMENT),
            Optional.empty());
    return Optional.of(
        new Configuration(
            values.find(NAME),
            values.get(TARGETS).stream()
                .map(target -> target.withKey(keys.of(target.provider(), target.key())))
                .toList(),
            values.get(WORKLOAD),
            values.get(LOAD),
            values.get(DEADLINES),
            values.get(LIMITS),
            new Safeguards(
                values.find(BUDGET).orElse(Budget.NONE),
                values.get(STOP_TARGET),
                Math.toIntExact(values.get(RETRIES))),
            values.find(OBJECTIVES).orElse(Objectives.NONE),
            values.get(COMPARISON),
            values.get(HTTP2),
            values.get(CONNECTIONS),
            values.get(MAX_STREAM_BYTES),
            values.get(MAX_EVENT_BYTES),
            values.get(CANARY_SHARE),
            keys,
            values.get(DATA),
            values.find(PRICES),
            values.find(DIALECTS),
            values
                .find(ROUNDS)
                .map(Math::toIntExact)
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty),
            seed.map(OptionalLong::of).orElseGet(OptionalLong::empty)));
  }

  private static boolean pairsAreTargets(final Values values) {
    final List<String> names = values.get(TARGETS).stream().map(Target::name).toList();
    boolean all = true;
    for (final Comparison.Pair pair : values.get(COMPARISON).pairs()) {
      for (final String name : List.of(pair.baseline(), pair.candidate())) {
        if (!names.contains(name)) {
          values.problem(
              COMPARISON, "comparison names no target of this file: " + Shown.text(name));
          all = false;
        }
      }
      if (pair.baseline().equals(pair.candidate())) {
        values.problem(
            COMPARISON, "comparison pairs " + Shown.text(pair.baseline()) + " with itself");
        all = false;
      }
    }
    return all;
  }

  private static boolean namesDiffer(final Values values) {
    final List<Target> targets = values.get(TARGETS);
    final List<Node> places = ((SequenceNode) values.place(TARGETS)).getValue();
    final Map<String, Node> firstPlaces = new HashMap<>();
    boolean differ = true;
    for (int i = 0; i < targets.size(); i++) {
      final String name = targets.get(i).name();
      final Node first = firstPlaces.putIfAbsent(name, places.get(i));
      if (first != null) {
        values.problem(
            places.get(i),
            "this target is called "
                + Shown.text(name)
                + " like the one "
                + Shown.place(first)
                + ": give it a name of its own");
        differ = false;
      }
    }
    return differ;
  }
}
