import { childElements, descendants, type QtiElement } from './element.ts';
import { defaultSessionControl } from './model.ts';
import type {
  InstanceItem,
  InstancePart,
  InstanceSection,
  ItemRef,
  Paper,
  PaperInstance,
  PaperItem,
  PartialSessionControl,
  Section,
  TestPart,
} from './model.ts';
import { seededRandom, shuffled } from './seeded-random.ts';

/**
 * One candidate's paper: sections selected and ordered, choices shuffled, a template seed for each item. Follows from
 * the paper and the seed alone, so that the seat, a second seat after a resume, and scoring see the same.
 *
 * @throws Error when the paper refers to an item that it does not hold: import makes that impossible.
 */
export function instantiatePaper(paper: Paper, seed: string): PaperInstance {
  const items = new Map(paper.items.map((item) => [item.identifier, item]));
  let index = 0;
  const parts = paper.test.parts.map((part): InstancePart => {
    const entries = entriesOfPart(part, seed);
    const names = distinctNames(entries.map((entry) => entry.ref.identifier));
    const instanceItems = entries.map((entry, place) => {
      const item = items.get(entry.ref.itemIdentifier);
      if (item === undefined) throw new Error(`the paper has no item ${entry.ref.itemIdentifier}`);
      return instanceItem(names[place]!, index++, entry, item, part.sessionControl, seed);
    });
    const sections = [...new Set(entries.flatMap((entry) => entry.path))];
    return {
      identifier: part.identifier,
      title: part.title,
      navigationMode: part.navigationMode,
      submissionMode: part.submissionMode,
      timeLimits: part.timeLimits,
      rubrics: part.rubrics,
      sections: sections.map((section) => instanceSection(section, entries)),
      items: instanceItems,
    };
  });
  const { title, language, test } = paper;
  return { title, language, timeLimits: test.timeLimits, rubrics: test.rubrics, parts };
}

interface Entry {
  ref: ItemRef;
  /** Sections around it, outermost first. */
  path: Section[];
}

function entriesOfPart(part: TestPart, seed: string): Entry[] {
  return part.children.flatMap((child) => entriesOf(child, [], seed));
}

function entriesOf(child: Section | ItemRef, path: Section[], seed: string): Entry[] {
  if (child.kind === 'item') return [{ ref: child, path }];
  return blocksOf(child, path, seed).flatMap((block) => block.entries);
}

/** What moves as one when the section around it is shuffled. */
interface Block {
  entries: Entry[];
  fixed: boolean;
}

function blocksOf(section: Section, path: Section[], seed: string): Block[] {
  const inside = [...path, section];
  const blocks = selected(section, seed).flatMap((child): Block[] => {
    if (child.kind === 'section' && !child.visible && !child.keepTogether && section.shuffle) {
      return blocksOf(child, inside, seed).map((block) => ({ ...block, fixed: block.fixed || child.fixed }));
    }
    return [{ entries: entriesOf(child, inside, seed), fixed: child.fixed }];
  });
  if (!section.shuffle) return blocks;
  return shuffled(blocks, seededRandom(`${seed}/order/${section.identifier}`), (block) => block.fixed);
}

/** Required children always, then as many others as `select` asks for, in the order of the section. */
function selected(section: Section, seed: string): (Section | ItemRef)[] {
  const { selection, children } = section;
  if (selection === null) return children;
  const random = seededRandom(`${seed}/selection/${section.identifier}`);
  const times = children.map((child) => (child.required ? 1 : 0));
  let missing = selection.select - times.filter((count) => count > 0).length;
  const candidates = children
    .map((_, place) => place)
    .filter((place) => selection.withReplacement || times[place] === 0);
  while (missing > 0 && candidates.length > 0) {
    const drawn = random.below(candidates.length);
    const place = candidates[drawn]!;
    times[place] = times[place]! + 1;
    if (!selection.withReplacement) candidates.splice(drawn, 1);
    missing--;
  }
  return children.flatMap((child, place) => Array.from({ length: times[place]! }, () => child));
}

/** `Q1`, `Q1` become `Q1.1`, `Q1.2`, as QTI names repeated item references; what occurs once keeps its name. */
function distinctNames(names: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return names.map((name) => {
    if (names.indexOf(name) === names.lastIndexOf(name)) return name;
    const occurrence = (seen.get(name) ?? 0) + 1;
    seen.set(name, occurrence);
    return `${name}.${occurrence}`;
  });
}

function instanceItem(
  identifier: string,
  index: number,
  entry: Entry,
  item: PaperItem,
  partControl: PartialSessionControl,
  seed: string,
): InstanceItem {
  const controls = [
    partControl,
    ...entry.path.map((section) => section.sessionControl),
    entry.ref.sessionControl,
  ];
  return {
    identifier,
    item,
    index,
    sections: entry.path.map((section) => section.identifier),
    sessionControl: Object.assign({ ...defaultSessionControl }, ...controls),
    timeLimits: entry.ref.timeLimits,
    categories: entry.ref.categories,
    weights: entry.ref.weights,
    shuffles: shufflesOf(item.element, `${seed}/choices/${identifier}`),
    templateSeed: `${seed}/template/${identifier}`,
  };
}

function instanceSection(section: Section, entries: readonly Entry[]): InstanceSection {
  const level = entries.find((entry) => entry.path.includes(section))?.path.indexOf(section) ?? 0;
  const { identifier, title, visible, rubrics, timeLimits } = section;
  return { identifier, title, visible, rubrics, timeLimits, level };
}

const choiceNames = new Set([
  'qti-simple-choice',
  'qti-inline-choice',
  'qti-simple-associable-choice',
  'qti-gap-text',
  'qti-gap-img',
]);

function shufflesOf(item: QtiElement, seed: string): InstanceItem['shuffles'] {
  const shuffles: InstanceItem['shuffles'] = {};
  for (const interaction of descendants(item)) {
    const response = interaction.attributes['response-identifier'];
    if (response === undefined || interaction.attributes['shuffle'] !== 'true') continue;
    const matchSets = childElements(interaction, 'qti-simple-match-set');
    const sets = matchSets.length > 0 ? matchSets : [interaction];
    shuffles[response] = sets.map((set, place) => {
      const choices = childElements(set).filter((choice) => choiceNames.has(choice.name));
      const order = shuffled(
        choices,
        seededRandom(`${seed}/${response}/${place}`),
        (choice) => choice.attributes['fixed'] === 'true',
      );
      return order.map((choice) => choice.attributes['identifier'] ?? '');
    });
  }
  return shuffles;
}
