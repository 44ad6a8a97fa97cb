/**
 * The map of the hits, loaded on its page only.
 *
 * Markup: `<div data-map="WORKER" data-map-label="…" data-zoom-in="…" data-zoom-out="…" data-centre="longitude,latitude" data-radius="metres" hidden>` and a list whose
 * items bear `data-points="longitude,latitude …"` and a number in `.n`. Every place on the map belongs to an item of the list:
 * choosing one shows the other. The background is what the site itself knows of its boundaries (`data-boundaries`, an address of
 * GeoJSON on this site) and the lines and areas of what is shown (`data-shapes`, likewise), and no other server is called unless the operator set one for pictures (`data-tiles`, with `{z}`, `{x}` and `{y}`). Without script, or without a graphics card, the list says it all.
 */
import { LngLatBounds, Map as Chart, Marker, NavigationControl, setWorkerUrl, type LngLatLike, type StyleSpecification } from "maplibre-gl";

const EARTH_M = 6_371_008.8;
const CIRCLE_CORNERS = 64;

function numbers(text: string | undefined): [number, number] | null {
  const [longitude, latitude] = (text ?? "").split(",").map(Number);
  return longitude !== undefined && latitude !== undefined && text && Number.isFinite(longitude) && Number.isFinite(latitude) ? [longitude, latitude] : null;
}

/** A colour of the style sheet as the browser computes it, so that light, dark and high contrast reach the map. */
function colour(name: string, at: HTMLElement): string {
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

function circle([longitude, latitude]: [number, number], radius_m: number): [number, number][] {
  const degrees = (radius_m / EARTH_M) * (180 / Math.PI);
  return Array.from({ length: CIRCLE_CORNERS + 1 }, (_, corner) => {
    const angle = (corner / CIRCLE_CORNERS) * 2 * Math.PI;
    return [longitude + (degrees * Math.cos(angle)) / Math.cos((latitude * Math.PI) / 180), latitude + degrees * Math.sin(angle)];
  });
}

function style(holder: HTMLElement): StyleSpecification {
  const made: StyleSpecification = { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": colour("ground", holder) } }] };
  const { boundaries, shapes, tiles } = holder.dataset;
  if (tiles) {
    made.sources["tiles"] = { type: "raster", tiles: [tiles], tileSize: 256 };
    made.layers.push({ id: "tiles", type: "raster", source: "tiles" });
  }
  if (boundaries) {
    made.sources["boundaries"] = { type: "geojson", data: new URL(boundaries, location.href).href };
    const areas = { type: "geojson", source: "boundaries" } as const;
    if (!tiles) made.layers.push({ id: "areas", type: "fill", source: areas.source, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("area", holder) } });
    made.layers.push({ id: "edges", type: "line", source: areas.source, paint: { "line-color": colour("edge", holder), "line-width": 1.5 } });
  }
  if (shapes) {
    made.sources["shapes"] = { type: "geojson", data: new URL(shapes, location.href).href };
    made.layers.push({ id: "shapes", type: "fill", source: "shapes", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": colour("mark", holder), "fill-opacity": 0.2 } });
    made.layers.push({ id: "outlines", type: "line", source: "shapes", filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": colour("mark", holder), "line-width": 4 } });
  }
  const centre = numbers(holder.dataset.centre);
  if (centre) {
    const ring = circle(centre, Number(holder.dataset.radius) || 500);
    made.sources["reach"] = { type: "geojson", data: { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: ring } } };
    made.layers.push({ id: "reach", type: "line", source: "reach", paint: { "line-color": colour("mark", holder), "line-width": 2, "line-dasharray": [2, 2] } });
  }
  return made;
}

class MapWithList {
  private readonly markers: { item: HTMLElement; element: HTMLElement; point: [number, number] }[] = [];

  constructor(holder: HTMLElement, items: HTMLElement[]) {
    setWorkerUrl(new URL(holder.dataset.map ?? "", location.href).href);
    holder.hidden = false;
    const bounds = new LngLatBounds();
    for (const item of items) {
      for (const text of (item.dataset.points ?? "").split(" ")) {
        const point = numbers(text);
        if (point) this.add(item, point);
      }
    }
    this.markers.forEach(({ point }) => bounds.extend(point));
    const centre = numbers(holder.dataset.centre);
    if (centre) circle(centre, Number(holder.dataset.radius) || 500).forEach((point) => bounds.extend(point));
    const { mapLabel, zoomIn, zoomOut } = holder.dataset;
    const locale = { "Map.Title": mapLabel ?? "", "NavigationControl.ZoomIn": zoomIn ?? "+", "NavigationControl.ZoomOut": zoomOut ?? "-" };
    const chart = new Chart({ container: holder, locale, style: style(holder), bounds, fitBoundsOptions: { padding: 48, maxZoom: 16 }, dragRotate: false, attributionControl: false });
    chart.touchZoomRotate.disableRotation();
    chart.addControl(new NavigationControl({ showCompass: false }));
    for (const { element, point } of this.markers) new Marker({ element }).setLngLat(point).addTo(chart);
    for (const item of items) {
      item.addEventListener("focusin", () => this.choose(item, chart));
      item.addEventListener("pointerenter", () => this.mark(item));
    }
  }

  private add(item: HTMLElement, point: [number, number]): void {
    const link = item.querySelector<HTMLAnchorElement>("h2 a, h3 a");
    // Pins may lie on one another. Keyboard and screen reader have the list, where each hit is a link of its own.
    const element = document.createElement("span");
    element.className = "map-pin";
    element.textContent = item.querySelector(".n")?.textContent ?? "";
    element.setAttribute("aria-hidden", "true");
    element.addEventListener("click", () => {
      this.mark(item);
      item.scrollIntoView({ block: "nearest" });
      link?.focus({ preventScroll: true });
    });
    this.markers.push({ item, element, point });
  }

  private choose(item: HTMLElement, chart: Chart): void {
    this.mark(item);
    const first = this.markers.find((marker) => marker.item === item);
    const there: LngLatLike | undefined = first?.point;
    if (there && !chart.getBounds().contains(there)) chart.jumpTo({ center: there });
  }

  private mark(item: HTMLElement): void {
    for (const marker of this.markers) {
      marker.element.classList.toggle("chosen", marker.item === item);
      marker.item.classList.toggle("chosen", marker.item === item);
    }
  }
}

const holder = document.querySelector<HTMLElement>("[data-map]");
const items = [...document.querySelectorAll<HTMLElement>("li[data-points]")];
const canDraw = Boolean(document.createElement("canvas").getContext("webgl2"));
if (holder && canDraw && (items.length > 0 || holder.dataset.centre)) new MapWithList(holder, items);
