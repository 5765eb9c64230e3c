package io.statehub.sidecar.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecentTest {

    @Test
    void theNewestAreKeptOldestFirst() {
        Recent<Integer> recent = Recent.of(List.of());
        for (int i = 1; i <= 10; i++) {
            recent = recent.with(i, 3);
        }

        assertThat(recent).containsExactly(8, 9, 10);
    }

    @Test
    void twoThatContinueFromTheSameOneKnowNothingOfEachOther() {
        Recent<String> first = Recent.of(List.of("a"));
        Recent<String> one = first.with("b", 5);
        Recent<String> other = first.with("c", 5);

        assertThat(first).containsExactly("a");
        assertThat(one).containsExactly("a", "b");
        assertThat(other).containsExactly("a", "c");
        assertThat(one.with("d", 5)).containsExactly("a", "b", "d");
    }

    @Test
    void whateverIsAddedItIsAsAListThatIsCopied() {
        Random random = new Random(7);
        List<Recent<Integer>> made = new ArrayList<>(List.of(Recent.of(List.of(1, 2, 3))));
        List<List<Integer>> expected = new ArrayList<>(List.of(List.of(1, 2, 3)));
        for (int i = 0; i < 500; i++) {
            int at = random.nextInt(made.size());
            int most = 1 + random.nextInt(8);
            List<Integer> next = new ArrayList<>(expected.get(at));
            next.add(i);
            made.add(made.get(at).with(i, most));
            expected.add(next.subList(Math.max(0, next.size() - most), next.size()));
        }

        assertThat(made).hasSameSizeAs(expected);
        for (int i = 0; i < made.size(); i++) {
            assertThat(List.copyOf(made.get(i))).as("list %d", i).isEqualTo(expected.get(i));
        }
    }

    @Test
    void whatIsNoLongerKeptIsOutOfReach() {
        Recent<Integer> recent = Recent.of(List.of(1, 2)).with(3, 2);

        assertThat(recent).hasSize(2);
        assertThatThrownBy(() -> recent.get(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> recent.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}
