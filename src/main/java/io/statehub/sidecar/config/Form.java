package io.statehub.sidecar.config;

import java.util.function.Function;
import org.eclipse.microprofile.config.spi.Converter;

/**
 * How the text of a setting must be written, which can be asked for as well as tried. Whatever is made of this states
 * {@code convert} with its own type: the library holds that of the setting to it.
 */
abstract class Form<T> implements Converter<T> {

    private static final long serialVersionUID = 1L;

    private final String allowed;

    /** @param allowed what may be set, as a noun phrase */
    Form(String allowed) {
        this.allowed = allowed;
    }

    String allowed() {
        return allowed;
    }

    /** What must be set where nothing is. */
    String allowedInsteadOfNothing() {
        return allowed;
    }

    /**
     * The value of a text.
     *
     * @param reading throws an unchecked exception if the text isn't of this form
     * @throws RejectedValueException if it isn't
     */
    final T read(String text, Function<String, T> reading) {
        try {
            return reading.apply(text);
        } catch (RuntimeException e) {
            throw new RejectedValueException(text, allowed, e);
        }
    }

    static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalArgumentException(what);
        }
    }
}
