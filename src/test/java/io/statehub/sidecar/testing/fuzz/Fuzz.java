package io.statehub.sidecar.testing.fuzz;

import io.statehub.sidecar.testing.postgres.Mutation;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;

/**
 * Inputs at random: a sample, or as many as {@code -Dfuzz.inputs} says, by the printed seed, which {@code -Dfuzz.seed}
 * takes; {@code -Dfuzz.first} with {@code -Dfuzz.inputs=1} makes one of them again.
 */
public final class Fuzz {

    private static final long SEED = Long.getLong("fuzz.seed", System.nanoTime());
    private static final int FIRST = Integer.getInteger("fuzz.first", 0);

    private final Random random;
    private final Mutation mutation;

    private Fuzz(Random random) {
        this.random = random;
        this.mutation = new Mutation(random);
    }

    /** What becomes of one input; whatever is thrown was wrong. */
    @FunctionalInterface
    public interface Trial {

        /** Whether the input was taken for a sound one. */
        boolean takes(Fuzz input) throws Exception;
    }

    /**
     * Tries them.
     *
     * @param sample how many, unless it is said
     */
    public static void each(String what, int sample, Trial trial) {
        int inputs = Integer.getInteger("fuzz.inputs", sample);
        int taken = 0;
        for (int input = FIRST; input < FIRST + inputs; input++) {
            try {
                // Neighbours of one seed would begin alike.
                taken += trial.takes(new Fuzz(new Random(SEED ^ input * 0x9E3779B97F4A7C15L))) ? 1 : 0;
            } catch (Exception | Error e) {
                throw new AssertionError(
                        "%s: -Dfuzz.seed=%d -Dfuzz.first=%d -Dfuzz.inputs=1: %s".formatted(what, SEED, input, e), e);
            }
        }
        System.out.printf("%s: %d inputs, %d of them taken, fuzz.seed=%d%n", what, inputs, taken, SEED);
    }

    public Random random() {
        return random;
    }

    /** One of them. */
    public <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    /** The bytes with some changed, left out, doubled or made up; at times as they are. */
    public byte[] changed(byte[] sound) {
        return mutation.of(sound);
    }

    /** The same of a text, whose characters may be anything then. */
    public String changed(String sound) {
        return new String(changed(sound.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }
}
