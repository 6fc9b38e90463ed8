package dev.latencylens.harness.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.latencylens.harness.config.Arrivals;
import dev.latencylens.harness.config.Extent;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.commons.statistics.distribution.ContinuousDistribution;
import org.apache.commons.statistics.distribution.ExponentialDistribution;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArrivalScheduleTest {
  private static final double SECOND = 1e9;

  private static ArrivalSchedule of(final Arrivals law, final Extent extent) {
    return ArrivalSchedule.of(law, extent, 42);
  }

  private static long[] offsets(final ArrivalSchedule schedule) {
    final long[] offsets = new long[schedule.size()];
    for (int i = 0; i < offsets.length; i++) {
      offsets[i] = schedule.offsetNanos(i);
    }
    return offsets;
  }

  private static Arrivals.Step step(final double rate, final int seconds) {
    return new Arrivals.Step(rate, Duration.ofSeconds(seconds));
  }

  static Stream<Arrivals> laws() {
    return Stream.of(
        new Arrivals.Constant(7.3),
        new Arrivals.Poisson(100),
        new Arrivals.Gamma(100, 0.05),
        new Arrivals.Gamma(100, 0.5),
        new Arrivals.Gamma(100, 8),
        new Arrivals.Ramp(0, 50),
        new Arrivals.Ramp(50, 0),
        new Arrivals.Ramp(10, 10),
        new Arrivals.Steps(List.of(step(10, 3), step(0, 2), step(100, 5))));
  }

  @ParameterizedTest
  @MethodSource("laws")
  void offsetsNeverDecreaseAndLieInTheWindow(final Arrivals law) {
    for (long seed = 0; seed < 20; seed++) {
      final ArrivalSchedule schedule =
          ArrivalSchedule.of(law, Extent.lasting(Duration.ofSeconds(8)), seed);
      assertThat(offsets(schedule)).isNotEmpty().isSorted();
      assertThat(schedule.offsetNanos(0)).isNotNegative();
      assertThat(schedule.offsetNanos(schedule.size() - 1)).isLessThan(8_000_000_000L);
      assertThat(schedule.windowNanos()).isEqualTo(8_000_000_000L);
    }
  }

  @ParameterizedTest
  @MethodSource("laws")
  void sameSeedGivesTheSameBytes(final Arrivals law) {
    final Extent extent = Extent.lasting(Duration.ofSeconds(8));

    assertThat(of(law, extent).sha256()).isEqualTo(of(law, extent).sha256());
  }

  @Test
  void otherSeedGivesAnotherSchedule() {
    final Arrivals law = new Arrivals.Poisson(10);

    assertThat(ArrivalSchedule.of(law, Extent.starts(10), 1).sha256())
        .isNotEqualTo(ArrivalSchedule.of(law, Extent.starts(10), 2).sha256());
  }

  /** What was published with a seed must be run again from it: on any Java, for good. */
  @Test
  void schedulesOfASeedAreTheseForGood() {
    assertThat(offsets(of(new Arrivals.Poisson(10), Extent.starts(5))))
        .containsExactly(168365052, 206758074, 619615458, 740391990, 898139651);
    assertThat(offsets(of(new Arrivals.Gamma(10, 0.25), Extent.starts(5))))
        .containsExactly(7065032, 35190069, 370295022, 460271491, 461228640);
    assertThat(offsets(of(new Arrivals.Gamma(10, 4), Extent.starts(5))))
        .containsExactly(147130791, 274128366, 326950686, 457860868, 559588181);
    assertThat(of(new Arrivals.Poisson(1_000), Extent.starts(100_000)).sha256())
        .isEqualTo("42201481d4cef5db885c2a9cb193347c6d75bb9bfacfd196c9c250945a370626");
    assertThat(of(new Arrivals.Gamma(1_000, 0.3), Extent.starts(100_000)).sha256())
        .isEqualTo("1c58e47d91a0e80bb1bb69a27525b2c0d7ba2608ea810e7c6f9adf600cd94f1c");
    // The canonical bytes of this one were also written and hashed by hand.
    assertThat(of(new Arrivals.Constant(2), Extent.starts(3)).sha256())
        .isEqualTo("10579dbbdd47cccd9cc41142fbccef101b6bfb7512e41ec13c053776789ef027");
  }

  @Test
  void constantRateIsExactToTheNanosecondAfterMillionsOfStarts() {
    final ArrivalSchedule schedule =
        of(new Arrivals.Constant(3), Extent.lasting(Duration.ofSeconds(100_000)));

    assertThat(schedule.size()).isEqualTo(300_000);
    assertThat(schedule.offsetNanos(3 * 99_999)).isEqualTo(99_999_000_000_000L);
    assertThat(schedule.offsetNanos(1)).isEqualTo(333_333_333L);
  }

  @Test
  void twoHundredPerSecondFor30SecondsAreSixThousand() {
    final ArrivalSchedule schedule =
        of(new Arrivals.Constant(200), Extent.lasting(Duration.ofSeconds(30)));

    assertThat(schedule.size()).isEqualTo(6_000);
    assertThat(schedule.windowNanos()).isEqualTo(30_000_000_000L);
    assertThat(of(new Arrivals.Constant(200), Extent.starts(6_000)).sha256())
        .isEqualTo(schedule.sha256());
  }

  @ParameterizedTest
  @CsvSource({"0.05", "0.3", "0.999", "1", "1.001", "2.5", "100"})
  void gapsHaveTheMeanAndTheDispersionOfTheirLaw(final double burstiness) {
    final int count = 200_000;
    final long[] offsets = offsets(of(new Arrivals.Gamma(250, burstiness), Extent.starts(count)));
    double sum = 0;
    double squares = 0;
    for (int i = 1; i < count; i++) {
      final double gap = (offsets[i] - offsets[i - 1]) / SECOND;
      sum += gap;
      squares += gap * gap;
    }
    final double mean = sum / (count - 1);
    final double deviation = Math.sqrt(squares / (count - 1) - mean * mean);
    final double cv = 1 / Math.sqrt(burstiness);
    // Five standard errors; that of a variance comes from the gamma's kurtosis 3 + 6 / shape.
    assertThat(mean * 250).isCloseTo(1, within(5 * cv / Math.sqrt(count)));
    final double error = Math.sqrt((2 + 6 / burstiness) / count) / 2;
    assertThat(deviation / mean / cv).isCloseTo(1, within(5 * error + 0.001));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.5, 1, 3, 50})
  void gapsFollowTheDistributionThatALibraryComputes(final double burstiness) {
    final int count = 20_000;
    final double rate = 10;
    final ContinuousDistribution law =
        burstiness == 1
            ? ExponentialDistribution.of(1 / rate)
            : GammaDistribution.of(burstiness, 1 / (rate * burstiness));
    final long[] offsets =
        offsets(
            of(
                burstiness == 1 ? new Arrivals.Poisson(rate) : new Arrivals.Gamma(rate, burstiness),
                Extent.starts(count)));
    final double[] gaps = new double[count];
    for (int i = 0; i < count; i++) {
      gaps[i] = (offsets[i] - (i == 0 ? 0 : offsets[i - 1])) / SECOND;
    }
    Arrays.sort(gaps);
    double distance = 0;
    for (int i = 0; i < count; i++) {
      // Offsets are whole nanoseconds: the steepest laws are steps below that.
      final double low = law.cumulativeProbability(Math.max(0, gaps[i] - 1e-9));
      final double high = law.cumulativeProbability(gaps[i] + 1e-9);
      distance = Math.max(distance, Math.max(low - (i + 1.0) / count, (double) i / count - high));
    }
    // Kolmogorov and Smirnov's bound for a false alarm in 10,000.
    assertThat(distance * Math.sqrt(count)).isLessThan(2.225);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void poissonCountsInEqualWindowsHaveAVarianceOfTheirMean(final long seed) {
    final ArrivalSchedule schedule =
        ArrivalSchedule.of(
            new Arrivals.Poisson(100), Extent.lasting(Duration.ofSeconds(1_000)), seed);
    final int windows = 1_000;
    double squares = 0;
    int before = 0;
    for (int i = 1; i <= windows; i++) {
      final int until = schedule.dueBy(i * 1_000_000_000L - 1);
      squares += Math.pow(until - before - 100, 2);
      before = until;
    }
    assertThat(squares / windows / 100).isCloseTo(1, within(5 * Math.sqrt(2.0 / windows)));
    assertThat(schedule.size()).isCloseTo(100_000, within(5 * 317));
  }

  @ParameterizedTest
  @CsvSource({"0, 50, 8", "50, 0, 8", "3, 200, 60", "200, 3, 60", "10, 10, 9", "0.5, 0.7, 1000"})
  void rampsCumulativeCountIsExactWithin1AtAnyTime(
      final double from, final double to, final int seconds) {
    final ArrivalSchedule schedule =
        of(new Arrivals.Ramp(from, to), Extent.lasting(Duration.ofSeconds(seconds)));
    double cumulative = 0;
    final int slices = 10_000;
    final double dt = (double) seconds / slices;
    for (int i = 1; i <= slices; i++) {
      // Trapezoids: an integral that shares nothing with the inversion.
      final double left = from + (to - from) * (i - 1) / slices;
      final double right = from + (to - from) * i / slices;
      cumulative += (left + right) / 2 * dt;
      final int due = schedule.dueBy((long) (i * dt * SECOND));
      assertThat((double) due).isBetween(cumulative - 1e-3, cumulative + 1 + 1e-3);
    }
  }

  @Test
  void rampBoundedByACountLastsAsLongAsItTakes() {
    final ArrivalSchedule schedule = of(new Arrivals.Ramp(0, 100), Extent.starts(500));

    assertThat(schedule.size()).isEqualTo(500);
    assertThat(schedule.windowNanos()).isEqualTo(10_000_000_000L);
  }

  @Test
  void stepsKeepTheirRatesAndCarryOverWhatIsLeft() {
    final ArrivalSchedule schedule =
        of(new Arrivals.Steps(List.of(step(1.5, 1), step(0, 2), step(1, 2))), Extent.WHOLE);

    // 1.5 arrivals in the first second; the half that is left counts after the pause.
    assertThat(offsets(schedule)).containsExactly(0, 666_666_667L, 3_500_000_000L, 4_500_000_000L);
    assertThat(schedule.windowNanos()).isEqualTo(5_000_000_000L);
  }

  @Test
  void whicheverOfCountAndDurationComesFirstEndsIt() {
    final Arrivals law = new Arrivals.Constant(10);
    final Duration second = Duration.ofSeconds(1);

    assertThat(of(law, new Extent(OptionalInt.of(5), Optional.of(second))).size()).isEqualTo(5);
    assertThat(of(law, new Extent(OptionalInt.of(50), Optional.of(second))).size()).isEqualTo(10);
  }

  @Test
  void dueByCountsWhatIsDueAtOrBeforeATime() {
    final ArrivalSchedule schedule = of(new Arrivals.Constant(10), Extent.starts(3));

    assertThat(schedule.dueBy(-1)).isZero();
    assertThat(schedule.dueBy(0)).isEqualTo(1);
    assertThat(schedule.dueBy(99_999_999)).isEqualTo(1);
    assertThat(schedule.dueBy(100_000_000)).isEqualTo(2);
    assertThat(schedule.dueBy(Long.MAX_VALUE)).isEqualTo(3);
  }

  @Test
  void endlessAndOversizedLoadsAreRefused() {
    assertThatThrownBy(() -> of(new Arrivals.Poisson(1), Extent.WHOLE))
        .hasMessageContaining("give a number of starts or a duration");
    assertThatThrownBy(() -> of(new Arrivals.Ramp(1, 2), Extent.WHOLE))
        .hasMessageContaining("a ramp needs a duration");
    assertThatThrownBy(
            () -> of(new Arrivals.Constant(1_000_000), Extent.lasting(Duration.ofHours(1))))
        .hasMessageContaining("more than 6000000 starts");
    assertThatThrownBy(() -> of(new Arrivals.Constant(0.001), Extent.starts(1_000_000)))
        .hasMessageContaining("longer than 7 days");
    assertThatThrownBy(() -> Extent.lasting(Duration.ofDays(8)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Extent.starts(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, -1, 0, 1e-9, 1e9})
  void ratesOutOfRangeAreRefused(final double rate) {
    assertThatThrownBy(() -> new Arrivals.Constant(rate))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Arrivals.Poisson(rate))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Arrivals.Gamma(1, rate - 1e-9))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Arrivals.Ramp(0, rate))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> new Arrivals.Steps(List.of(new Arrivals.Step(rate, Duration.ofSeconds(1)))))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
