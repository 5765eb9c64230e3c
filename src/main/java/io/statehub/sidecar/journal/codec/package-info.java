/** What the tracker knows as lines of the journal, and back: a successor continues where its predecessor ended. */
@NullMarked
package io.statehub.sidecar.journal.codec;

import org.jspecify.annotations.NullMarked;
