/**
 * What the maps of all pages share: the ground they are drawn on and their colours. Part of map.js, which only pages with a map load.
 *
 * An element with a map bears `data-map-label`, `data-zoom-in` and `data-zoom-out`. What lies behind all of it stands in `[data-ground]`
 * (templates: `map.html`): what the site itself knows of its boundaries (`data-boundaries`, an address of GeoJSON on this site), and the
 * worker; no other server is called unless the operator set one for pictures (`data-tiles`, with `{z}`, `{x}` and `{y}`).
 */
import { LngLatBounds, Map as Chart, NavigationControl, setWorkerUrl, type MapOptions, type StyleSpecification } from "maplibre-gl";

export type Position = [number, number];

/** What lies behind the map of this page. */
export const behind: DOMStringMap = document.querySelector<HTMLElement>("[data-ground]")?.dataset ?? {};

export function numbers(text: string | undefined): Position | null {
  const [longitude, latitude] = (text ?? "").split(",").map(Number);
  return longitude !== undefined && latitude !== undefined && text && Number.isFinite(longitude) && Number.isFinite(latitude) ? [longitude, latitude] : null;
}

/** A colour of the style sheet as the browser computes it, so that light, dark and high contrast reach the map. */
export function colour(name: string, at: HTMLElement): string {
  const probe = document.createElement("span");
  probe.className = `map-colour ${name}`;
  at.append(probe);
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const value = getComputedStyle(probe).color;
  probe.remove();
  if (!canvas) return "gray";
  canvas.fillStyle = value;
  canvas.fillRect(0, 0, 1, 1);
  const [red, green, blue] = canvas.getImageData(0, 0, 1, 1).data;
  return `rgb(${red}, ${green}, ${blue})`;
}

/** The ground. `boundaries` are given where they are known already, so that nothing is asked for twice. */
export function ground(holder: HTMLElement, boundaries: GeoJSON.GeoJSON | string | undefined): StyleSpecification {
  const made: StyleSpecification = { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": colour("ground", holder) } }] };
  const { tiles } = behind;
  if (tiles) {
    made.sources["tiles"] = { type: "raster", tiles: [tiles], tileSize: 256 };
    made.layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  if (boundaries) {
    made.sources["boundaries"] = { type: "geojson", data: typeof boundaries === "string" ? new URL(boundaries, location.href).href : boundaries };
    const areas = { type: "geojson", source: "boundaries" } as const;
    if (!tiles) made.layers.push({ id: "areas", type: "fill", source: areas.source, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("area", holder) } });
    made.layers.push({ id: "edges", type: "line", source: areas.source, paint: { "line-color": colour("edge", holder), "line-width": 1.5 } });
  }
  return made;
}

/** Layers that draw the areas and the lines of a source in the colour of what is meant. */
export function lines(made: StyleSpecification, source: string, holder: HTMLElement): void {
  const mark = colour("mark", holder);
  made.layers.push({ id: `${source}-areas`, type: "fill", source, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": mark, "fill-opacity": 0.2 } });
  made.layers.push({ id: `${source}-lines`, type: "line", source, filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": mark, "line-width": 4 } });
}

/** The same, and its points. */
export function marks(made: StyleSpecification, source: string, holder: HTMLElement): void {
  lines(made, source, holder);
  made.layers.push({
    id: `${source}-points`,
    type: "circle",
    source,
    filter: ["==", ["geometry-type"], "Point"],
    paint: { "circle-color": colour("mark", holder), "circle-radius": 8, "circle-stroke-width": 2, "circle-stroke-color": colour("area", holder) },
  });
}

/** A map that shows these positions, without turning: north stays above. Its words stand in the markup. */
export function chart(holder: HTMLElement, shown: Position[], options: Pick<MapOptions, "container" | "style" | "fitBoundsOptions" | "doubleClickZoom" | "keyboard">): Chart {
  const bounds = new LngLatBounds();
  shown.forEach((point) => bounds.extend(point));
  const { mapLabel, zoomIn, zoomOut } = holder.dataset;
  setWorkerUrl(new URL(behind.worker ?? "", location.href).href);
  const locale = { "Map.Title": mapLabel ?? "", "NavigationControl.ZoomIn": zoomIn ?? "+", "NavigationControl.ZoomOut": zoomOut ?? "-" };
  const made = new Chart({ ...options, locale, bounds, dragRotate: false, attributionControl: false });
  made.touchZoomRotate.disableRotation();
  made.addControl(new NavigationControl({ showCompass: false }));
  return made;
}

/** All positions of a geometry, a feature or a collection, however deep they lie. */
export function positions(of: GeoJSON.GeoJSON): Position[] {
  if (of.type === "FeatureCollection") return of.features.flatMap(positions);
  if (of.type === "Feature") return of.geometry ? positions(of.geometry) : [];
  if (of.type === "GeometryCollection") return of.geometries.flatMap(positions);
  const walk = (part: unknown): Position[] => {
    if (!Array.isArray(part)) return [];
    const [longitude, latitude] = part as unknown[];
    return typeof longitude === "number" && typeof latitude === "number" ? [[longitude, latitude]] : part.flatMap(walk);
  };
  return walk(of.coordinates);
}
