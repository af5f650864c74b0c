// SPDX-License-Identifier: GPL-2.0-or-later
/**
 * The backdrop's shapes, written as steps of whole numbers (`gis/webmap/page/deltas.py`), as GeoJSON
 * again. It stands after the data and before the map's program, by itself: the map stands though
 * the list's program fail.
 */

type Steps = readonly number[] | readonly Steps[];
type Place = [number, number];
type Places = Place[] | Places[];
interface Shape {
  type: string;
  coordinates: unknown;
}
interface Shapes {
  scale?: number;
  features: { geometry: Shape | null }[];
}

function places(steps: Steps, scale: number): Places {
  if (typeof steps[0] !== "number") {
    return (steps as readonly Steps[]).map((part) => places(part, scale)) as Places;
  }
  const found: Place[] = [];
  let x = 0;
  let y = 0;
  for (let i = 0; i + 1 < steps.length; i += 2) {
    x += steps[i] as number;
    y += steps[i + 1] as number;
    found.push([x / scale, y / scale]);
  }
  return found;
}

function restore(shapes: Shapes | null | undefined): void {
  const { scale } = shapes ?? {};
  if (!shapes || !scale) return;
  delete shapes.scale;
  for (const { geometry } of shapes.features) {
    if (!geometry || (geometry.coordinates as Steps | undefined)?.length === 0) continue;
    const found = places(geometry.coordinates as Steps, scale);
    geometry.coordinates = geometry.type === "Point" ? found[0] : found;
  }
}

const globals = window as unknown as Record<string, unknown>;
for (const name of Object.keys(globals).filter((one) => one.startsWith("json_"))) restore(globals[name] as Shapes);
Object.values((globals.CP3_BACKDROP ?? {}) as Record<string, Shapes>).forEach(restore);
