package io.statehub.sidecar.testing.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ComparedFiguresTest {

    @Test
    void eachColumnHasMinimumMedianAndMaximumAndTheRatioOfTheMedians() {
        ComparedFigures figures = new ComparedFigures(List.of("one", "other"));
        for (double value : new double[] {4, 2, 300}) {
            figures.add("start, ms", "one", value);
            figures.add("start, ms", "other", value / 2);
        }
        figures.add("statements", "other", 7);

        assertThat(figures.markdown()).isEqualTo("""
                        | figure | one | other | to one |
                        |---|---:|---:|---:|
                        | start, ms | 2.00 / 4.00 / 300 | 1.00 / 2.00 / 150 | 0.500 |
                        | statements | – | 7.00 / 7.00 / 7.00 | – |
                        """);
    }

    @Test
    void theMedianOfAnEvenNumberLiesBetween() {
        ComparedFigures figures = new ComparedFigures(List.of("one"));
        figures.add("x", "one", 1);
        figures.add("x", "one", 2);

        assertThat(figures.markdown()).contains("| x | 1.00 / 1.50 / 2.00 |");
    }
}
