package dev.latencylens.results.stats.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.stats.alarm.FalseAlarms.Design;
import java.util.List;
import org.junit.jupiter.api.Test;

class FalseAlarmsTest {
  private static final int DATA_SETS = 300;
  private static final List<FalseAlarms.Count> COUNTS = FalseAlarms.count(1, DATA_SETS);

  /** A true rate of 5% gives 6 to 25 of 300 in 99.7 of 100 seeds, one of 20% never so few. */
  @Test
  void unadjustedTestsRaiseAboutFiveFalseAlarmsInAHundred() {
    for (FalseAlarms.Test test :
        List.of(FalseAlarms.Test.P50, FalseAlarms.Test.P95, FalseAlarms.Test.P99)) {
      assertThat(rejected(Design.NO_CHANGE, test)).as("%s", test).isBetween(6, 25);
    }
  }

  @Test
  void theFamilyRaisesNoMore() {
    assertThat(rejected(Design.NO_CHANGE, FalseAlarms.Test.HOLM)).isLessThanOrEqualTo(25);
  }

  @Test
  void aTenthSlowerAtTheMedianIsFound() {
    assertThat(rejected(Design.SLOWER_BY_TENTH, FalseAlarms.Test.P50))
        .isGreaterThanOrEqualTo(DATA_SETS * 95 / 100);
  }

  @Test
  void separateSessionsRaiseFalseAlarms() {
    assertThat(rejected(Design.SEPARATE_SESSIONS, FalseAlarms.Test.P50)).isGreaterThan(50);
  }

  @Test
  void pooledRequestsRaiseFalseAlarms() {
    assertThat(rejected(Design.POOLED_REQUESTS, FalseAlarms.Test.POOLED)).isGreaterThan(50);
  }

  private static int rejected(Design design, FalseAlarms.Test test) {
    return COUNTS.stream()
        .filter(count -> count.design() == design && count.test() == test)
        .mapToInt(FalseAlarms.Count::rejected)
        .findFirst()
        .orElseThrow();
  }
}
