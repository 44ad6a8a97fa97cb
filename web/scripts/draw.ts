/**
 * Draws a point, a line or an area on a map: by mouse and touch where one presses, by keyboard and by buttons at the crosshair in the
 * middle. Part of map.js; `place.ts` loads it.
 *
 * What is drawn stands in the hidden field at each step, as GeoJSON, so that nothing is lost if the form is sent before „Fertig“; the
 * server checks it. Each step is announced in `[data-draw-said]`; every word stands in the markup (`data-said-…`), with `[n]` for the
 * number of points and `[w]` for where.
 */
import { type GeoJSONSource, type Map as Chart } from "maplibre-gl";
import { behind, chart, ground, marks, positions, type Position } from "./chart";

type Kind = "point" | "line" | "area";

const CORNERS_MAX = 200;
/** Pixels of one step of an arrow key; with Shift a small one. */
const STEP = 48;
const SMALL_STEP = 8;
/** The crosshair is told when it rests. */
const REST_MS = 500;
/** Where nothing is known of the town: Germany. */
const ANYWHERE: Position[] = [
  [5.9, 47.3],
  [15.0, 55.1],
];
const MOVES: Record<string, Position> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Makes the map of a form's part and returns what shows it again after it was hidden. */
export async function draw(holder: HTMLElement): Promise<() => void> {
  if (!document.createElement("canvas").getContext("webgl2")) throw new Error("no graphics");
  const address = behind.boundaries;
  const known = address ? await fetch(address).then((answer) => (answer.ok ? (answer.json() as Promise<GeoJSON.GeoJSON>) : null)) : null;
  const board = new Board(holder, known ?? undefined);
  return () => board.show();
}

function geometry(kind: Kind, corners: Position[]): GeoJSON.Geometry | null {
  const [first] = corners;
  if (!first) return null;
  if (kind === "point") return { type: "Point", coordinates: first };
  if (kind === "line") return { type: "LineString", coordinates: corners };
  return { type: "Polygon", coordinates: [[...corners, first]] };
}

/** What is shown while it grows: an area is a line until it has three corners. */
function shown(kind: Kind, corners: Position[]): GeoJSON.FeatureCollection {
  const whole = kind === "area" && corners.length < 3 ? geometry("line", corners) : geometry(kind, corners);
  const points: GeoJSON.Geometry[] = corners.map((coordinates) => ({ type: "Point", coordinates }));
  const all = [...(whole && corners.length > 1 ? [whole] : []), ...points];
  return { type: "FeatureCollection", features: all.map((own) => ({ type: "Feature", properties: {}, geometry: own })) };
}

class Board {
  private kind: Kind = "point";
  private corners: Position[] = [];
  /** What was drawn before each step, so that each can be taken back. */
  private readonly before: { kind: Kind; corners: Position[] }[] = [];
  private readonly chart: Chart;
  private readonly field: HTMLInputElement | null;
  private resting = 0;

  constructor(
    private readonly holder: HTMLElement,
    boundaries: GeoJSON.GeoJSON | undefined,
  ) {
    this.field = holder.querySelector("input[name=drawn]");
    this.kind = this.kinds()[0] ?? "point";
    this.read();
    this.chart = this.map(boundaries);
    this.wire();
    this.show();
  }

  /** After the board was hidden its map must be measured again. */
  show(): void {
    this.chart.resize();
    this.holder.querySelectorAll("[data-draw-kind]").forEach((button) => button.setAttribute("aria-pressed", String(button.getAttribute("data-draw-kind") === this.kind)));
  }

  private kinds(): Kind[] {
    return [...this.holder.querySelectorAll<HTMLElement>("[data-draw-kind]")].map((button) => button.dataset.drawKind as Kind);
  }

  /** A drawing that came back with what was refused. */
  private read(): void {
    if (!this.field?.value) return;
    try {
      const drawn = JSON.parse(this.field.value) as GeoJSON.Geometry;
      this.corners = positions(drawn).slice(0, CORNERS_MAX + 1);
      this.kind = drawn.type === "Polygon" ? "area" : drawn.type === "LineString" ? "line" : "point";
      if (this.kind === "area") this.corners.pop();
    } catch {
      this.corners = [];
    }
  }

  private map(boundaries: GeoJSON.GeoJSON | undefined): Chart {
    const container = this.holder.querySelector<HTMLElement>("[data-draw-map]") ?? this.holder;
    const style = ground(this.holder, boundaries);
    style.sources["drawn"] = { type: "geojson", data: shown(this.kind, this.corners) };
    marks(style, "drawn", this.holder);
    const around = [this.corners, boundaries ? positions(boundaries) : [], ANYWHERE].find((points) => points.length > 0) ?? ANYWHERE;
    const made = chart(this.holder, around, { container, style, fitBoundsOptions: { padding: 24, maxZoom: 17 }, doubleClickZoom: false, keyboard: false });
    made.getCanvas().setAttribute("aria-describedby", "zeichnen-hinweis");
    return made;
  }

  private wire(): void {
    const on = (name: string, act: (button: HTMLElement) => void) =>
      this.holder.querySelectorAll<HTMLElement>(`[data-draw-${name}]`).forEach((button) => button.addEventListener("click", () => act(button)));
    on("kind", (button) => this.choose(button.dataset.drawKind as Kind));
    on("set", () => this.set(this.middle()));
    on("back", () => this.back());
    on("clear", () => this.clear());
    on("done", () => this.finish());
    on("move", (button) => {
      const [x = 0, y = 0] = (button.dataset.drawMove ?? "").split(",").map(Number);
      this.move(x, y, STEP);
    });
    this.chart.on("click", ({ lngLat }) => this.set([lngLat.lng, lngLat.lat]));
    this.chart.getCanvas().addEventListener("keydown", (event) => this.key(event));
  }

  private key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const way = MOVES[event.key];
    if (way) this.move(way[0], way[1], event.shiftKey ? SMALL_STEP : STEP);
    else if (event.key === "Enter") this.set(this.middle());
    else if (event.key === "Backspace" || event.key === "Delete") this.back();
    else if (event.key === "+") this.chart.zoomIn({ animate: false });
    else if (event.key === "-") this.chart.zoomOut({ animate: false });
    else return;
    event.preventDefault();
  }

  private middle(): Position {
    const { lng, lat } = this.chart.getCenter();
    return [lng, lat];
  }

  private move(x: number, y: number, step: number): void {
    this.chart.panBy([x * step, y * step], { animate: false });
    window.clearTimeout(this.resting);
    this.resting = window.setTimeout(() => this.say("At", this.middle()), REST_MS);
  }

  private choose(kind: Kind): void {
    if (kind === this.kind) return;
    this.remember();
    this.kind = kind;
    if (kind === "point") this.corners = this.corners.slice(-1);
    this.changed();
    this.show();
  }

  private set([longitude, latitude]: Position): void {
    if (this.kind !== "point" && this.corners.length >= CORNERS_MAX) return this.say("Many");
    this.remember();
    const corner: Position = [Number(longitude.toFixed(6)), Number(latitude.toFixed(6))];
    this.corners = this.kind === "point" ? [corner] : [...this.corners, corner];
    this.changed();
    this.say("Set", corner);
  }

  private back(): void {
    const last = this.before.pop();
    if (!last) return;
    ({ kind: this.kind, corners: this.corners } = last);
    this.changed();
    this.show();
    this.say("Back");
  }

  private clear(): void {
    if (this.corners.length === 0) return;
    this.remember();
    this.corners = [];
    this.changed();
    this.say("Clear");
  }

  private finish(): void {
    const least = { point: 1, line: 2, area: 3 }[this.kind];
    if (this.corners.length > 0 && this.corners.length < least) return this.say("Few");
    const button = this.holder.querySelector<HTMLElement>("[data-draw-open]");
    this.holder.querySelector(".draw-board")?.setAttribute("hidden", "");
    button?.setAttribute("aria-expanded", "false");
    button?.focus();
    if (this.corners.length > 0) this.say({ point: "Point", line: "Line", area: "Area" }[this.kind]);
  }

  private remember(): void {
    this.before.push({ kind: this.kind, corners: this.corners });
  }

  private changed(): void {
    const drawn = geometry(this.kind, this.corners);
    if (this.field) this.field.value = drawn ? JSON.stringify(drawn) : "";
    this.chart.getSource<GeoJSONSource>("drawn")?.setData(shown(this.kind, this.corners));
  }

  private say(what: string, at?: Position): void {
    window.clearTimeout(this.resting);
    const words = this.holder.dataset[`said${what}`] ?? "";
    const where = at ? `${at[1].toFixed(5)}, ${at[0].toFixed(5)}` : "";
    const said = this.holder.querySelector("[data-draw-said]");
    if (said) said.textContent = words.replace("[n]", String(this.corners.length)).replace("[w]", where);
  }
}
