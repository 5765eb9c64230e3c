/** What a drill saw, line by line on the operator's disk: its report is made from that alone, by whichever process. */
@NullMarked
package io.statehub.sidecar.drill.ledger;

import org.jspecify.annotations.NullMarked;
