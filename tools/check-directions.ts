/**
 * Imports run one way: base → exam, trust, store, hardware → journal, parcel → courier, backup, recognise → node → the roles → cli.
 * A role knows another one only through its `contract.ts`; what runs in a browser sees no server code; nothing imports in a circle.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const layers: readonly (readonly string[])[] = [
  ['base'],
  ['exam', 'trust', 'store', 'hardware'],
  ['journal', 'parcel'],
  ['courier', 'backup', 'recognise'],
  ['ui'],
  ['node'],
  ['centre', 'site', 'room', 'seat', 'station'],
  ['cli'],
];
const rank = new Map(layers.flatMap((folders, i) => folders.map((folder) => [folder, i] as const)));
const roles = new Set(layers[6]);
const imports =
  /^\s*(?:import|export)\s+(type\s)?(?:[^'"]*?\sfrom\s+)?['"](\.[^'"]+)['"]|import\(\s*['"](\.[^'"]+)['"]\s*\)|new URL\(\s*['"](\.[^'"]+\.ts)['"]/gm;

export function checkDirections(src: string): string[] {
  const problems: string[] = [];
  const graph = new Map<string, string[]>();
  for (const file of sources(src)) {
    const targets: string[] = [];
    for (const found of readFileSync(file, 'utf8').matchAll(imports)) {
      const target = join(dirname(file), (found[2] ?? found[3] ?? found[4]) as string);
      if (!target.startsWith(src + sep)) continue;
      const said = judge(relative(src, file).split(sep), relative(src, target).split(sep));
      if (said !== null) problems.push(`${relative(src, file)} imports ${relative(src, target)}: ${said}`);
      // Types alone are erased and cannot make a circle at run time.
      if (found[1] === undefined) targets.push(target);
    }
    graph.set(file, targets);
  }
  return [
    ...problems,
    ...circles(graph).map((circle) => `circle: ${circle.map((file) => relative(src, file)).join(' → ')}`),
  ];
}

function judge(from: readonly string[], to: readonly string[]): string | null {
  const [source, target] = [from[0] as string, to[0] as string];
  if (!rank.has(source) || !rank.has(target)) return `${rank.has(source) ? target : source} is in no layer`;
  const test = (from.at(-1) as string).includes('.test.');
  const contract = to.at(-1) === 'contract.ts';
  const screen = from.includes('screens') || source === 'ui';
  if (screen) {
    const visible =
      ['base', 'ui'].includes(target) ||
      (target === 'exam' && to[1] !== 'scoring') ||
      contract ||
      (target === source && to.includes('screens'));
    return visible || test ? null : 'a screen sees base, exam without scoring, ui and contracts only';
  }
  if (source === target || test) return null;
  if (roles.has(source) && roles.has(target))
    return contract ? null : 'a role knows another one through its contract only';
  const [below, above] = [rank.get(target) as number, rank.get(source) as number];
  if (below > above) return 'imports run one way';
  if (below === above && source !== 'exam') {
    // Mechanisms of one layer may use those named before them.
    const order = layers[above] as readonly string[];
    if (order.indexOf(target) > order.indexOf(source)) return 'imports run one way within a layer, too';
  }
  return null;
}

function* sources(folder: string): Generator<string> {
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(name)) yield path;
  }
}

function circles(graph: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const path: string[] = [];
  const visit = (file: string): void => {
    if (state.get(file) === 'done') return;
    if (state.get(file) === 'open') {
      found.push([...path.slice(path.indexOf(file)), file]);
      return;
    }
    state.set(file, 'open');
    path.push(file);
    for (const next of graph.get(file) ?? []) visit(next);
    path.pop();
    state.set(file, 'done');
  };
  for (const file of graph.keys()) visit(file);
  return found;
}
