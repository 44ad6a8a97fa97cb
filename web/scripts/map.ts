/**
 * The map of the hits, loaded on its page only.
 *
 * Markup: `<div data-map data-centre="longitude,latitude" data-radius="metres" hidden>` with what `chart.ts` reads, and a list whose items
 * bear `data-points="longitude,latitude …"` and a number in `.n`. Every place on the map belongs to an item of the list: choosing one
 * shows the other. Behind it lies the ground of `chart.ts` with the lines and areas of what is shown (`data-shapes`, an address of
 * GeoJSON on this site). A page about one thing brings its place along instead (`data-shape`, a GeoJSON geometry). Without script, or
 * without a graphics card, the words say it all. Where something is to be drawn, `place.ts` asks this module for `draw`.
 */
import { Marker, type LngLatLike, type Map as Chart, type StyleSpecification } from "maplibre-gl";
import { behind, chart, colour, ground, lines, marks, numbers, positions } from "./chart";

export { draw } from "./draw";

const EARTH_M = 6_371_008.8;
const CIRCLE_CORNERS = 64;

function circle([longitude, latitude]: [number, number], radius_m: number): [number, number][] {
  const degrees = (radius_m / EARTH_M) * (180 / Math.PI);
  return Array.from({ length: CIRCLE_CORNERS + 1 }, (_, corner) => {
    const angle = (corner / CIRCLE_CORNERS) * 2 * Math.PI;
    return [longitude + (degrees * Math.cos(angle)) / Math.cos((latitude * Math.PI) / 180), latitude + degrees * Math.sin(angle)];
  });
}

/** The one place of a page about one thing. */
function shapeOf(holder: HTMLElement): GeoJSON.Geometry | null {
  return holder.dataset.shape ? (JSON.parse(holder.dataset.shape) as GeoJSON.Geometry) : null;
}

function style(holder: HTMLElement): StyleSpecification {
  const made = ground(holder, behind.boundaries);
  const { shapes } = holder.dataset;
  if (shapes) {
    made.sources["shapes"] = { type: "geojson", data: new URL(shapes, location.href).href };
    lines(made, "shapes", holder);
  }
  const shape = shapeOf(holder);
  if (shape) {
    made.sources["shape"] = { type: "geojson", data: shape };
    marks(made, "shape", holder);
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
    holder.hidden = false;
    for (const item of items) {
      for (const text of (item.dataset.points ?? "").split(" ")) {
        const point = numbers(text);
        if (point) this.add(item, point);
      }
    }
    const [shape, centre] = [shapeOf(holder), numbers(holder.dataset.centre)];
    const reach = centre ? circle(centre, Number(holder.dataset.radius) || 500) : [];
    const shown = [...this.markers.map(({ point }) => point), ...(shape ? positions(shape) : []), ...reach];
    const made = chart(holder, shown, { container: holder, style: style(holder), fitBoundsOptions: { padding: 48, maxZoom: 16 } });
    for (const { element, point } of this.markers) new Marker({ element }).setLngLat(point).addTo(made);
    for (const item of items) {
      item.addEventListener("focusin", () => this.choose(item, made));
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
if (holder && canDraw && (items.length > 0 || holder.dataset.centre || holder.dataset.shape)) new MapWithList(holder, items);
