/** Imports a QTI 3.0 package (2.x converted where it is mechanical): a paper for candidates, a key for scoring, and a report on every item. */
import { toHex } from '../../base/bytes.ts';
import { ok, type Refusal, type Result } from '../../base/result.ts';
import type { QtiElement } from './element.ts';
import { mediaTypeOf } from './media-type.ts';
import {
  isSection,
  type Paper,
  type PaperFile,
  type PaperItem,
  type PaperKey,
  type TestItem,
  type TestPart,
  type TestSection,
} from './model.ts';
import { withNeutralNames } from './neutral-names.ts';
import { readPackageFiles, type PackageFiles } from './package-files.ts';
import { findFile, folderOf, resolvePath } from './package-path.ts';
import { readSources, withResponseProcessing } from './package-sources.ts';
import { languageOf, readItem, type ItemReport } from './read-item.ts';
import { readTest } from './test-structure.ts';

export type { ItemReport } from './read-item.ts';

export interface ImportedPaper {
  readonly paper: Paper;
  readonly key: PaperKey;
  /** Items that cannot be shown: authors can still try their scoring. */
  readonly refusedItems: PaperKey['items'];
  /** By path: the content of `paper.files`. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly report: { readonly notes: readonly Refusal[]; readonly items: readonly ItemReport[] };
}

export interface ImportOptions {
  /** Identifiers of items that the paper shall go without. */
  readonly leaveOut?: readonly string[];
  /** Also items that cannot be shown, to try their scoring: never for a paper that candidates get. */
  readonly withRefused?: boolean;
}

/** @param content a ZIP package, or the XML of a single item. */
export async function importPaper(
  content: Uint8Array<ArrayBuffer>,
  options: ImportOptions = {},
): Promise<Result<ImportedPaper>> {
  const zipped = content[0] === 0x50 && content[1] === 0x4b;
  const files = zipped ? await readPackageFiles(content) : ok(new Map([['item.xml', content]]));
  return files.ok ? importFiles(files.value, options) : files;
}

/** @param files of an unpacked package, by path from its root with `/`. */
export async function importFiles(
  files: PackageFiles,
  options: ImportOptions = {},
): Promise<Result<ImportedPaper>> {
  const notes: Refusal[] = [];
  const sources = readSources(files, notes);
  if (!sources.ok) return sources;
  const { items, tests, unreadable, title } = sources.value;
  const shown = new Map<string, Uint8Array>();
  const reports: ItemReport[] = [];
  const paperItems: PaperItem[] = [];
  const keyItems: { identifier: string; element: QtiElement }[] = [];
  const refusedItems: { identifier: string; element: QtiElement }[] = [];
  const names = distinctNames(items);
  for (const source of items) {
    const identifier = names.get(source.path) as string;
    const element = withResponseProcessing(source, files);
    const made = readItem({ path: source.path, element }, identifier, files);
    const leftOut = options.leaveOut?.includes(identifier) ?? false;
    reports.push(
      leftOut ? { ...made.report, reasons: [...made.report.reasons, { type: 'left-out' }] } : made.report,
    );
    const refused = made.report.verdict === 'refused' && options.withRefused !== true;
    if (!leftOut && refused) refusedItems.push({ identifier, element });
    if (leftOut || refused) continue;
    for (const [path, bytes] of made.files) shown.set(path, bytes);
    paperItems.push(made.item);
    keyItems.push({ identifier, element });
  }
  for (const { path, refusal } of unreadable) {
    const reasons = options.leaveOut?.includes(path) ? [refusal, { type: 'left-out' }] : [refusal];
    reports.push({ identifier: path, title: '', interactions: [], verdict: 'refused', reasons });
    // Known by its path, so that a test that names it is still read.
    names.set(path, path);
  }
  const [test] = tests;
  if (tests.length > 1) notes.push({ type: 'several-tests', used: test?.path });
  if (!test) notes.push({ type: 'test-made-from-items', items: paperItems.length });
  const structure = test
    ? readTest(
        test.element,
        names,
        notes,
        // A file that is missing is known by its path, too.
        (reference) =>
          findFile(files, folderOf(test.path), reference) ?? resolvePath(folderOf(test.path), reference),
        (path) => take(path, files, shown),
      )
    : ok(oneSection(paperItems));
  if (!structure.ok) return structure;
  const present = new Set(paperItems.map((item) => item.identifier));
  const parts = without(structure.value, present);
  if (test) notes.push(...unused(parts, paperItems));
  const named = withNeutralNames(
    {
      format: 1,
      identifier: test?.element.attributes['identifier'] ?? 'test',
      title: test?.element.attributes['title'] || title || paperItems[0]?.title || '',
      language:
        (test && languageOf(test.element)) || paperItems.find((item) => item.language !== '')?.language || '',
      parts,
      items: paperItems,
      files: await listed(shown),
    },
    shown,
  );
  return ok({
    ...named,
    key: { format: 1, items: keyItems, test: test?.element ?? null },
    refusedItems,
    report: { notes, items: reports },
  });
}

/** Two files with the same identifier are two items: the second gets another name. */
function distinctNames(items: readonly { path: string; element: QtiElement }[]): Map<string, string> {
  const names = new Map<string, string>();
  const taken = new Set<string>();
  for (const { path, element } of items) {
    const given = element.attributes['identifier'] || path;
    let name = given;
    for (let n = 2; taken.has(name); n++) name = `${given}-${n}`;
    taken.add(name);
    names.set(path, name);
  }
  return names;
}

function take(path: string, files: PackageFiles, shown: Map<string, Uint8Array>): void {
  const bytes = files.get(path);
  if (bytes !== undefined) shown.set(path, bytes);
}

async function listed(shown: ReadonlyMap<string, Uint8Array>): Promise<PaperFile[]> {
  const files: PaperFile[] = [];
  for (const [path, bytes] of shown) {
    const digest = toHex(
      new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)),
    );
    files.push({ path, digest, mediaType: mediaTypeOf(path), size: bytes.length });
  }
  return files;
}

function oneSection(items: readonly PaperItem[]): TestPart[] {
  const children = items.map((item) => ({
    identifier: item.identifier,
    item: item.identifier,
    fixed: false,
    required: false,
    weight: 1,
    control: { allowSkipping: true, validateResponses: false },
  }));
  const section = {
    identifier: 'section',
    title: '',
    visible: true,
    fixed: false,
    required: false,
    keepTogether: true,
    select: null,
    withReplacement: false,
    shuffle: false,
    rubrics: [],
    children,
  };
  return [{ identifier: 'part', navigation: 'nonlinear', submission: 'simultaneous', sections: [section] }];
}

/** The structure without items that were refused or left out, and without sections that are empty then. */
function without(parts: readonly TestPart[], present: ReadonlySet<string>): TestPart[] {
  const prune = (section: TestSection): TestSection[] => {
    const children = section.children.flatMap((child): (TestSection | TestItem)[] =>
      isSection(child) ? prune(child) : present.has(child.item) ? [child] : [],
    );
    return children.length > 0 ? [{ ...section, children }] : [];
  };
  return parts
    .map((part) => ({ ...part, sections: part.sections.flatMap(prune) }))
    .filter((part) => part.sections.length > 0);
}

function unused(parts: readonly TestPart[], items: readonly PaperItem[]): Refusal[] {
  const within = (section: TestSection): string[] =>
    section.children.flatMap((child) => (isSection(child) ? within(child) : [child.item]));
  const used = new Set(parts.flatMap((part) => part.sections.flatMap(within)));
  return items
    .filter((item) => !used.has(item.identifier))
    .map((item) => ({ type: 'item-not-in-test', item: item.identifier }));
}
