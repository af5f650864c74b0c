// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * Where the reader stands: asked for only when the reader taps, kept in memory only. It is part
 * of no request, of no address and of no storage.
 */

import type { Position } from "./data";

const PATIENCE = 15_000; // milliseconds

/** The device's position, or null when it is refused or not known. */
export function askPosition(): Promise<Position | null> {
  return new Promise((resolve) => {
    if (!("geolocation" in navigator)) {
      resolve(null);
      return;
    }
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lon: coords.longitude, lat: coords.latitude }),
      () => resolve(null),
      { timeout: PATIENCE, maximumAge: 60_000 },
    );
  });
}
