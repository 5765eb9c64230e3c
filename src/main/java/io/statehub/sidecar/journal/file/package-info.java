/** Sealed lines in files of one directory: checksummed, forced to the disk, bounded, whatever they say. */
@NullMarked
package io.statehub.sidecar.journal.file;

import org.jspecify.annotations.NullMarked;
