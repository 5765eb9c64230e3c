package io.statehub.sidecar.config;

import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;
import jakarta.annotation.Priority;

/**
 * Settings are what was written. The configuration library would expand what stands in <code>${…}</code>, and a
 * password may have that in it; so the dollar is escaped before the library's own interceptor, which has a higher
 * priority, sees it.
 */
@Priority(Priorities.LIBRARY)
public final class LiteralSettings implements ConfigSourceInterceptor {

    private static final long serialVersionUID = 1L;
    private static final String PREFIX = "statehub.";

    /** As the configuration library does. */
    public LiteralSettings() {}

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue found = context.proceed(name);
        if (found == null || found.getValue() == null || !name.startsWith(PREFIX)) {
            return found;
        }
        return found.withValue(found.getValue().replace("$", "\\$"));
    }
}
