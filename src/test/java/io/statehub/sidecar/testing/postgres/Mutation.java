package io.statehub.sidecar.testing.postgres;

import java.io.ByteArrayOutputStream;
import java.util.Random;

/** Changes a few bytes here and there. */
public final class Mutation {

    private static final int MOST_CHANGES = 4;
    private static final int MOST_BYTES = 16;

    private final Random random;

    public Mutation(Random random) {
        this.random = random;
    }

    public synchronized byte[] of(byte[] sound) {
        byte[] bytes = sound;
        for (int change = random.nextInt(MOST_CHANGES + 1); change > 0; change--) {
            bytes = changed(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        int length = Math.min(random.nextInt(MOST_BYTES) + 1, bytes.length - at);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> out.write(noise(length), 0, length);
            case 1 -> {
                out.write(bytes, at, length);
                out.write(bytes, at, length);
            }
            case 2 -> out.write(bytes[at] ^ 1 << random.nextInt(Byte.SIZE));
            default -> {
                // Left out.
            }
        }
        out.write(bytes, at + length, bytes.length - at - length);
        return out.toByteArray();
    }

    private byte[] noise(int length) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        return noise;
    }
}
