/** Imports a QTI 3.0 package (2.x converted where it is mechanical): a paper for candidates, a key for scoring, and a report on every item. */
import { toHex } from '../../base/bytes.ts';
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { cleanBody } from './clean-body.ts';
import { convertQti2, isQti2 } from './convert.ts';
import { childElement, childElements, descendants, type QtiElement, type QtiNode } from './element.ts';
import type { Paper, PaperFile, PaperItem, PaperKey, ResponseDeclaration, TestPart } from './model.ts';
import { readPackageFiles, type PackageFiles } from './package-files.ts';
import { resolvePath } from './package-path.ts';
import { readTest } from './test-structure.ts';
import { parseXml } from './xml.ts';

export interface ItemReport {
  readonly identifier: string;
  readonly title: string;
  readonly interactions: readonly string[];
  readonly verdict: 'supported' | 'shown-not-scored' | 'refused';
  readonly reasons: readonly Refusal[];
}

export interface ImportedPaper {
  readonly paper: Paper;
  readonly key: PaperKey;
  /** Items that cannot be shown: authors can still try their scoring. */
  readonly refusedItems: PaperKey['items'];
  readonly files: ReadonlyMap<string, Uint8Array>;
  readonly report: { readonly notes: readonly Refusal[]; readonly items: readonly ItemReport[] };
}

/**
 * @param content a ZIP package, or the XML of a single item.
 * @param leaveOut identifiers of items that the paper shall go without.
 */
export async function importPaper(
  content: Uint8Array<ArrayBuffer>,
  options: { leaveOut?: readonly string[] } = {},
): Promise<Result<ImportedPaper>> {
  const zipped = content[0] === 0x50 && content[1] === 0x4b;
  const files = zipped ? await readPackageFiles(content) : ok(new Map([['item.xml', content]]));
  return files.ok ? importFiles(files.value, options) : files;
}

interface Source {
  readonly path: string;
  readonly element: QtiElement;
}

export async function importFiles(
  files: PackageFiles,
  options: { leaveOut?: readonly string[] } = {},
): Promise<Result<ImportedPaper>> {
  const notes: Refusal[] = [];
  const read = readSources(files, notes);
  if (!read.ok) return read;
  const { items, tests, stimuli, title } = read.value;
  if (items.length === 0) return refuse({ type: 'package-without-items' });
  if (tests.length > 1) notes.push({ type: 'several-tests', used: tests[0]?.path });
  const test = tests[0];
  const used = new Map<string, Uint8Array>();
  const reports: ItemReport[] = [];
  const paperItems: PaperItem[] = [];
  const keyItems: { identifier: string; element: QtiElement }[] = [];
  const names = new Map<string, string>();
  const refusedItems: { identifier: string; element: QtiElement }[] = [];
  for (const source of items) {
    const made = makeItem(source, files, stimuli, names);
    names.set(source.path, made.item.identifier);
    const leftOut = options.leaveOut?.includes(made.item.identifier) ?? false;
    reports.push(
      leftOut ? { ...made.report, reasons: [...made.report.reasons, { type: 'left-out' }] } : made.report,
    );
    if (!leftOut && made.report.verdict === 'refused')
      refusedItems.push({ identifier: made.item.identifier, element: source.element });
    if (leftOut || made.report.verdict === 'refused') continue;
    for (const file of made.files) used.set(file, files.get(file) as Uint8Array);
    paperItems.push(made.item);
    keyItems.push({ identifier: made.item.identifier, element: source.element });
  }
  const structure = test ? readTest(test.element, test.path, names, notes) : ok(oneSection(paperItems));
  if (!structure.ok) return structure;
  if (!test) notes.push({ type: 'test-made-from-items', items: paperItems.length });
  const present = new Set(paperItems.map((item) => item.identifier));
  const paperFiles: PaperFile[] = [];
  for (const [path, bytes] of used)
    paperFiles.push({
      path,
      digest: await digestOf(bytes),
      mediaType: mediaTypeOf(path),
      size: bytes.length,
    });
  return ok({
    paper: {
      format: 1,
      identifier: test?.element.attributes['identifier'] ?? 'test',
      title: test?.element.attributes['title'] ?? title ?? paperItems[0]?.title ?? '',
      language:
        test?.element.attributes['lang'] ??
        test?.element.attributes['xml:lang'] ??
        paperItems[0]?.language ??
        '',
      parts: without(structure.value, present),
      items: paperItems,
      files: paperFiles,
    },
    key: { format: 1, items: keyItems, test: test?.element ?? null },
    refusedItems,
    files: used,
    report: { notes, items: reports },
  });
}

function readSources(
  files: PackageFiles,
  notes: Refusal[],
): Result<{ items: Source[]; tests: Source[]; stimuli: Map<string, QtiElement>; title: string | null }> {
  const manifestPath = [...files.keys()].find((name) => /(^|\/)imsmanifest\.xml$/i.test(name));
  const base = manifestPath?.replace(/[^/]*$/, '') ?? '';
  let wanted: string[] | null = null;
  let title: string | null = null;
  if (manifestPath !== undefined) {
    const manifest = parseXml(files.get(manifestPath) as Uint8Array);
    if (!manifest.ok) return refuse({ ...manifest.refusal, file: manifestPath });
    const resources = [...descendants(manifest.value)].filter((element) => element.name === 'resource');
    wanted = resources
      .filter((one) => /qti|imsqti/i.test(one.attributes['type'] ?? ''))
      .flatMap((one) => {
        const href = one.attributes['href'] ?? childElement(one, 'file')?.attributes['href'];
        return href === undefined ? [] : [resolvePath(base, decodeURI(href))];
      });
    const missing = wanted.filter((path) => !files.has(path));
    if (missing.length > 0) return refuse({ type: 'file-missing-in-package', name: missing[0] });
    title =
      [...descendants(manifest.value)]
        .find((element) => element.name === 'string' || element.name === 'langstring')
        ?.children.find((child) => typeof child === 'string') ?? null;
  }
  const items: Source[] = [];
  const tests: Source[] = [];
  const stimuli = new Map<string, QtiElement>();
  let converted = 0;
  for (const path of wanted ?? [...files.keys()].filter((name) => /\.xml$/i.test(name))) {
    if (!/\.xml$/i.test(path)) continue;
    const parsed = parseXml(files.get(path) as Uint8Array);
    if (!parsed.ok) return refuse({ ...parsed.refusal, file: path });
    const element = isQti2(parsed.value) ? convertQti2(parsed.value) : parsed.value;
    if (element !== parsed.value) converted++;
    if (element.name === 'qti-assessment-item') items.push({ path, element });
    else if (element.name === 'qti-assessment-test') tests.push({ path, element });
    else if (element.name === 'qti-assessment-stimulus') stimuli.set(path, element);
    else notes.push({ type: 'file-not-used', name: path });
  }
  if (converted > 0) notes.push({ type: 'converted-from-qti-2', files: converted });
  return ok({ items, tests, stimuli, title });
}

function makeItem(
  source: Source,
  files: PackageFiles,
  stimuli: ReadonlyMap<string, QtiElement>,
  names: ReadonlyMap<string, string>,
): { item: PaperItem; report: ItemReport; files: string[] } {
  const { element, path } = source;
  const folder = path.replace(/[^/]*$/, '');
  const resolveIn =
    (base: string) =>
    (reference: string): string | null => {
      const file = resolvePath(base, safeDecode(reference));
      return files.has(file) ? file : null;
    };
  const given = element.attributes['identifier'] ?? path;
  const identifier = [...names.values()].includes(given) ? `${given}-${names.size + 1}` : given;
  const reasons: Refusal[] = [];
  const refused: Refusal[] = [];
  const body = childElement(element, 'qti-item-body') ?? {
    name: 'qti-item-body',
    attributes: {},
    children: [],
  };
  const cleaned = cleanBody(body, resolveIn(folder));
  reasons.push(...cleaned.notes);
  refused.push(...cleaned.refused);
  const itemFiles = [...cleaned.files];
  const shown: QtiElement[] = [];
  for (const reference of childElements(element, 'qti-assessment-stimulus-ref')) {
    const stimulusPath = resolvePath(folder, reference.attributes['href'] ?? '');
    const stimulus = stimuli.get(stimulusPath) ?? readStimulus(files.get(stimulusPath));
    const content = stimulus && childElement(stimulus, 'qti-stimulus-body');
    if (!content) {
      refused.push({ type: 'file-missing-in-package', name: reference.attributes['href'] ?? '' });
      continue;
    }
    const clean = cleanBody(content, resolveIn(stimulusPath.replace(/[^/]*$/, '')));
    itemFiles.push(...clean.files);
    refused.push(...clean.refused);
    shown.push(clean.body);
  }
  const responses = childElements(element, 'qti-response-declaration').map(declaration);
  const processing = childElement(element, 'qti-response-processing');
  const scored =
    processing !== undefined &&
    (processing.children.length > 0 || processing.attributes['template'] !== undefined);
  if (!scored && cleaned.interactions.length > 0) reasons.push({ type: 'without-response-processing' });
  const item: PaperItem = {
    identifier,
    title: element.attributes['title'] ?? '',
    language: element.attributes['lang'] ?? element.attributes['xml:lang'] ?? '',
    responses,
    template: [
      ...childElements(element, 'qti-template-declaration'),
      ...childElements(element, 'qti-template-processing'),
    ].map(withoutKeys),
    body: cleaned.body,
    stimuli: shown,
  };
  const verdict =
    refused.length > 0
      ? 'refused'
      : scored || cleaned.interactions.length === 0
        ? 'supported'
        : 'shown-not-scored';
  return {
    item,
    files: itemFiles,
    report: {
      identifier,
      title: item.title,
      interactions: cleaned.interactions,
      verdict,
      reasons: [...refused, ...reasons],
    },
  };
}

/** Template processing may compute what is right: that part stays at the centre. */
function withoutKeys(element: QtiElement): QtiElement {
  return {
    ...element,
    children: element.children.flatMap((child): QtiNode[] =>
      typeof child === 'string'
        ? [child]
        : child.name === 'qti-set-correct-response' || child.name === 'qti-set-default-value'
          ? []
          : [withoutKeys(child)],
    ),
  };
}

function readStimulus(bytes: Uint8Array | undefined): QtiElement | null {
  const parsed = bytes && parseXml(bytes);
  return parsed?.ok ? parsed.value : null;
}

function declaration(element: QtiElement): ResponseDeclaration {
  const cardinality = element.attributes['cardinality'];
  return {
    identifier: element.attributes['identifier'] ?? '',
    cardinality:
      cardinality === 'multiple' || cardinality === 'ordered' || cardinality === 'record'
        ? cardinality
        : 'single',
    baseType: element.attributes['base-type'] ?? null,
  };
}

function oneSection(items: readonly PaperItem[]): TestPart[] {
  const children = items.map((item) => ({
    identifier: item.identifier,
    item: item.identifier,
    fixed: false,
    required: false,
    weight: 1,
    categories: [],
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

/** The structure without items that were refused or left out. */
function without(parts: readonly TestPart[], present: ReadonlySet<string>): TestPart[] {
  type Section = TestPart['sections'][number];
  const prune = (section: Section): Section => ({
    ...section,
    children: section.children.flatMap((child): Section['children'][number][] =>
      'children' in child ? [prune(child)] : present.has(child.item) ? [child] : [],
    ),
  });
  return parts.map((part) => ({ ...part, sections: part.sections.map(prune) }));
}

function safeDecode(text: string): string {
  try {
    return decodeURI(text);
  } catch {
    return text;
  }
}

async function digestOf(bytes: Uint8Array): Promise<string> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)));
}

const mediaTypes: Record<string, string> = {
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  svg: 'image/svg+xml',
  webp: 'image/webp',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  wav: 'audio/wav',
  m4a: 'audio/mp4',
  mp4: 'video/mp4',
  webm: 'video/webm',
  vtt: 'text/vtt',
  css: 'text/css',
  txt: 'text/plain',
  pdf: 'application/pdf',
};

function mediaTypeOf(path: string): string {
  return mediaTypes[path.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
