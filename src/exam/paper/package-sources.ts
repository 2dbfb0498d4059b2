/** Finds a package's items and tests: by its manifest, else by what its XML files are; 2.x is converted as it is read. */
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { convertQti2, isQti2 } from './convert.ts';
import {
  childElement,
  childElements,
  descendants,
  isElement,
  textContent,
  type QtiElement,
} from './element.ts';
import type { PackageFiles } from './package-files.ts';
import { findFile, folderOf, resolvePath } from './package-path.ts';
import { parseXml } from './xml.ts';

export interface Source {
  readonly path: string;
  /** In QTI 3.0 names. */
  readonly element: QtiElement;
}

export interface PackageSources {
  /** In the order of the manifest, then those that only tests name. */
  readonly items: readonly Source[];
  readonly tests: readonly Source[];
  /** Files that should hold an item and cannot be read. */
  readonly unreadable: readonly { readonly path: string; readonly refusal: Refusal }[];
  readonly title: string | null;
}

export function readSource(path: string, files: PackageFiles): Result<Source & { converted: boolean }> {
  const bytes = files.get(path);
  if (bytes === undefined) return refuse({ type: 'file-missing-in-package', name: path });
  const parsed = parseXml(bytes);
  if (!parsed.ok) return refuse({ ...parsed.refusal, file: path });
  const converted = isQti2(parsed.value);
  return ok({ path, element: converted ? convertQti2(parsed.value) : parsed.value, converted });
}

/** @returns refused when the manifest cannot be read, or nothing can. */
export function readSources(files: PackageFiles, notes: Refusal[]): Result<PackageSources> {
  const listed = listedFiles(files, notes);
  if (!listed.ok) return listed;
  const items: Source[] = [];
  const tests: Source[] = [];
  const unreadable: { path: string; refusal: Refusal }[] = [];
  const seen = new Set<string>();
  let converted = 0;
  const take = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    const source = readSource(path, files);
    if (!source.ok) {
      unreadable.push({ path, refusal: source.refusal });
      return;
    }
    if (source.value.converted) converted++;
    const { element } = source.value;
    if (element.name === 'qti-assessment-item') items.push(source.value);
    else if (element.name === 'qti-assessment-test') {
      const test = withSections(source.value, files);
      tests.push(test);
      for (const href of itemReferences(test.element))
        take(findFile(files, folderOf(path), href) ?? resolvePath(folderOf(path), href));
    } else if (element.name === 'questestinterop') notes.push({ type: 'qti-1-not-read', name: path });
    else if (
      !/^(qti-)?(assessment-?(stimulus|section)|response-?processing|outcome-?processing)$/i.test(
        element.name,
      )
    )
      notes.push({ type: 'file-not-used', name: path });
  };
  for (const path of listed.value.paths) take(path);
  if (converted > 0) notes.push({ type: 'converted-from-qti-2', files: converted });
  if (items.length === 0) return refuse(unreadable[0]?.refusal ?? whyWithoutItems(notes));
  return ok({ items, tests, unreadable, title: listed.value.title });
}

function whyWithoutItems(notes: readonly Refusal[]): Refusal {
  return notes.find(({ type }) => type === 'qti-1-not-read') ?? { type: 'package-without-items' };
}

function listedFiles(
  files: PackageFiles,
  notes: Refusal[],
): Result<{ paths: string[]; title: string | null }> {
  const depth = (path: string): number => path.split('/').length;
  const [manifestPath] = [...files.keys()]
    .filter((path) => /(^|\/)imsmanifest\.xml$/i.test(path))
    .toSorted((a, b) => depth(a) - depth(b));
  if (manifestPath === undefined) {
    const paths = [...files.keys()]
      .filter((path) => /\.xml$/i.test(path))
      .toSorted((a, b) => (a < b ? -1 : 1));
    if (files.size > 1) notes.push({ type: 'package-without-manifest' });
    return ok({ paths, title: null });
  }
  const manifest = readSource(manifestPath, files);
  if (!manifest.ok) return manifest;
  const paths = resourcesOf(manifest.value.element, folderOf(manifestPath))
    .filter(({ type, href }) => /qti/i.test(type) || /\.xml$/i.test(href))
    .filter(({ type }) => !/webcontent|learning-application-resource/i.test(type))
    .map(({ base, href }) => findFile(files, base, href) ?? resolvePath(base, href))
    .filter((path) => /\.xml$/i.test(path));
  const metadata = childElement(manifest.value.element, 'metadata');
  const titled = metadata && [...descendants(metadata)].find((one) => one.name === 'title');
  return ok({ paths, title: titled ? textContent(titled).trim() : null });
}

/** `xml:base` of the manifest, its resources and a resource add up. */
function resourcesOf(element: QtiElement, base: string): { type: string; href: string; base: string }[] {
  const own = element.attributes['xml:base'];
  const here = own === undefined ? base : `${resolvePath(base, own)}/`;
  if (element.name !== 'resource') return childElements(element).flatMap((child) => resourcesOf(child, here));
  const href = element.attributes['href'] ?? childElement(element, 'file')?.attributes['href'];
  return href === undefined ? [] : [{ type: element.attributes['type'] ?? '', href, base: here }];
}

function itemReferences(test: QtiElement): string[] {
  return [...descendants(test)]
    .filter((one) => one.name === 'qti-assessment-item-ref')
    .map((one) => one.attributes['href'] ?? '');
}

/** Sections kept in files of their own are put in their place; references inside are made relative to the test. */
function withSections(test: Source, files: PackageFiles): Source {
  const fill = (element: QtiElement, base: string, within: readonly string[]): QtiElement => ({
    ...element,
    attributes:
      element.name === 'qti-assessment-item-ref' && base !== folderOf(test.path)
        ? { ...element.attributes, href: `/${resolvePath(base, element.attributes['href'] ?? '')}` }
        : element.attributes,
    children: element.children.map((child) => {
      if (!isElement(child)) return child;
      if (child.name !== 'qti-assessment-section-ref') return fill(child, base, within);
      const path = findFile(files, base, child.attributes['href'] ?? '');
      const section = path === null || within.includes(path) ? null : readSource(path, files);
      if (path === null || !section?.ok) return child;
      return fill(section.value.element, folderOf(path), [...within, path]);
    }),
  });
  return { path: test.path, element: fill(test.element, folderOf(test.path), [test.path]) };
}

/** Response processing that a package keeps in a file of its own is put into the item, so that scoring needs nothing else. */
export function withResponseProcessing(item: Source, files: PackageFiles): QtiElement {
  const processing = childElement(item.element, 'qti-response-processing');
  if (processing === undefined || childElements(processing).length > 0) return item.element;
  const places = ['template-location', 'template'].flatMap((name) => processing.attributes[name] ?? []);
  for (const place of places) {
    const path = findFile(files, folderOf(item.path), place);
    const source = path === null ? null : readSource(path, files);
    if (!source?.ok || source.value.element.name !== 'qti-response-processing') continue;
    const filled = { ...processing, children: source.value.element.children };
    return {
      ...item.element,
      children: item.element.children.map((child) => (child === processing ? filled : child)),
    };
  }
  return item.element;
}
