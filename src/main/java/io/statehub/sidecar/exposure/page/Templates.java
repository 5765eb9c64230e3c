package io.statehub.sidecar.exposure.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;

/** The page, whose template is checked against {@link PageView} when it is built. */
@CheckedTemplate(basePath = "page")
final class Templates {

    private Templates() {}

    /** The whole page, with its style and its script in it. */
    static native TemplateInstance status(PageView view, String style, String script);

    /** One incident, with the style of the page in it. */
    static native TemplateInstance incident(IncidentView view, String style);

    /** The parts of it that change. */
    static native TemplateInstance status$live(PageView view);
}
