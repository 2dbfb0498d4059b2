/** Authors' file names may tell which picture is the right one (`correct.png`): in a paper files have numbers for names. */
import { fileAttributes } from './allowed-content.ts';
import { isElement, type QtiElement } from './element.ts';
import { mediaTypeOf } from './media-type.ts';
import { isSection, type Paper, type TestItem, type TestSection } from './model.ts';

type Files = ReadonlyMap<string, Uint8Array>;

export function withNeutralNames(paper: Paper, files: Files): { paper: Paper; files: Files } {
  const names = new Map([...files.keys()].map((path, n) => [path, `files/${n + 1}${endingOf(path)}`]));
  const renamed = (path: string): string => names.get(path) ?? path;
  const inElement = (element: QtiElement): QtiElement => ({
    ...element,
    attributes: Object.fromEntries(
      Object.entries(element.attributes).map(([name, value]) => [
        name,
        fileAttributes.has(name) ? renamed(value) : value,
      ]),
    ),
    children: element.children.map((child) => (isElement(child) ? inElement(child) : child)),
  });
  const inSection = (section: TestSection): TestSection => ({
    ...section,
    rubrics: section.rubrics.map(inElement),
    children: section.children.map((child): TestSection | TestItem =>
      isSection(child) ? inSection(child) : child,
    ),
  });
  return {
    paper: {
      ...paper,
      parts: paper.parts.map((part) => ({ ...part, sections: part.sections.map(inSection) })),
      items: paper.items.map((item) => ({
        ...item,
        body: inElement(item.body),
        stimuli: item.stimuli.map(inElement),
      })),
      files: paper.files.map((file) => ({ ...file, path: renamed(file.path) })),
    },
    files: new Map([...files].map(([path, content]) => [renamed(path), content])),
  };
}

/** Of kinds of files that are known; any other ending would be the author's word. */
function endingOf(path: string): string {
  return mediaTypeOf(path) === mediaTypeOf('') ? '' : `.${path.split('.').at(-1)?.toLowerCase()}`;
}
