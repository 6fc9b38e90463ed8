package dev.latencylens.results.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latencylens.results.run.Cell;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelMatrixTest {

  @Test
  void modelsAreLinesAndProvidersColumns() {
    ModelMatrix matrix = matrix(cell(1, "a", "m"), cell(2, "b", "m"), cell(3, "b", "n"));

    assertThat(matrix.nameHeadings()).containsExactly("model");
    assertThat(matrix.columns()).containsExactly("a", "b");
    assertThat(matrix.texts(Leaders.NONE))
        .containsExactly(List.of("m", "–", "–"), List.of("n", "", "–"));
    assertThat(matrix.contests()).extracting(ModelMatrix.Contest::name).containsExactly("b");
  }

  @Test
  void aProviderWithTwoTargetsOfOneModelHasAColumnForEach() {
    ModelMatrix matrix =
        matrix(cell(1, "east", "a", "m", "x"), cell(2, "west", "a", "m", "x"), cell(3, "b", "n"));

    assertThat(matrix.columns()).containsExactly("east", "west", "b");
  }

  @Test
  void linesOfAnotherLoadAreNoRivals() {
    ModelMatrix matrix =
        matrix(
            cell(1, "a", "a", "m", "slow"),
            cell(2, "a", "a", "n", "slow"),
            cell(3, "a", "a", "m", "fast"),
            cell(4, "b", "b", "m", "fast"));

    assertThat(matrix.nameHeadings()).containsExactly("model", "load");
    assertThat(matrix.lines()).hasSize(3);
    assertThat(matrix.contests())
        .singleElement()
        .satisfies(
            contest -> {
              assertThat(contest.name()).isEqualTo("a (slow)");
              assertThat(contest.cells())
                  .extracting(row -> row.cell().id())
                  .containsExactly("c001", "c002");
            });
  }

  @Test
  void oneProviderOrOneModelOrAPlaceForTwoCellsMakesNoMatrix() {
    assertThat(of(cell(1, "a", "m"), cell(2, "a", "n"))).isEmpty();
    assertThat(of(cell(1, "a", "m"), cell(2, "b", "m"))).isEmpty();
    assertThat(of(cell(1, "a", "m"), cell(2, "b", "n"))).as("one each").isEmpty();
    assertThat(of(cell(1, "a", "m"), cell(2, "a", "m"), cell(3, "b", "n"))).isEmpty();
  }

  private static Cell cell(int number, String provider, String model) {
    return cell(number, provider, provider, model, "x");
  }

  private static Cell cell(int number, String target, String provider, String model, String load) {
    return new Cell("c00" + number, "B", target, provider, model, "w", load, "c", "", "m");
  }

  private static ModelMatrix matrix(Cell... cells) {
    return of(cells).orElseThrow();
  }

  private static Optional<ModelMatrix> of(Cell... cells) {
    return ModelMatrix.of(
        Arrays.stream(cells)
            .map(cell -> new SummaryRow(cell, List.of(), 1, new CellReadings(Optional.empty())))
            .toList());
  }
}
