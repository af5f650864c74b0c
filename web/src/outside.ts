// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The only addresses of others that the program names. Each is where a link leads that a reader
 * may tap; the page itself asks nobody.
 */

/** A conversation with a number, or `?text=` for a message to be sent to somebody. */
export const WHATSAPP = "https://wa.me/";
/** Directions and search for computers, which know no `geo:` address. */
export const OSM = "https://www.openstreetmap.org/";
