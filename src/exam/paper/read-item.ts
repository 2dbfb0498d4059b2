/** One item of a package: what candidates get of it, and the report on it. */
import type { Refusal } from '../../base/result.ts';
import { unshownGraphics } from './check-graphics.ts';
import { checkPractical } from './check-practical.ts';
import { cleanBody } from './clean-body.ts';
import { cleanTemplate, templateNeedsKeys } from './clean-template.ts';
import { childElement, childElements, descendants, textContent, type QtiElement } from './element.ts';
import { askedRecording } from '../recording/asked.ts';
import { spokenCards } from './spoken-cards.ts';
import { standardTemplate } from '../scoring/standard-templates.ts';
import type { PaperItem, ResponseDeclaration } from './model.ts';
import type { PackageFiles } from './package-files.ts';
import { findFile, folderOf } from './package-path.ts';
import { readSource, type Source } from './package-sources.ts';

export interface ItemReport {
  readonly identifier: string;
  readonly title: string;
  readonly interactions: readonly string[];
  readonly verdict: 'supported' | 'shown-not-scored' | 'refused';
  readonly reasons: readonly Refusal[];
}

export interface ReadItem {
  readonly item: PaperItem;
  readonly report: ItemReport;
  /** Files that the item shows, by path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

export function readItem(source: Source, identifier: string, files: PackageFiles): ReadItem {
  const { element, path } = source;
  const notes: Refusal[] = [];
  const refused: Refusal[] = [];
  const shownFiles = new Map<string, Uint8Array>();
  const clean = (
    content: QtiElement,
    document: QtiElement,
    base: string,
    drawnFolder: string,
  ): QtiElement => {
    const spoken = spokenCards(document, languageOf(document) || languageOf(element));
    notes.push(...spoken.notes);
    const cleaned = cleanBody(content, (reference) => findFile(files, base, reference), {
      drawnFolder,
      shownAtStart: (feedback) => isShownAtStart(feedback, element),
      spoken: spoken.texts,
    });
    for (const file of cleaned.files) shownFiles.set(file, files.get(file) as Uint8Array);
    for (const [file, bytes] of cleaned.drawn) shownFiles.set(file, bytes);
    notes.push(...cleaned.notes);
    refused.push(...cleaned.refused);
    for (const name of cleaned.interactions) interactions.add(name);
    return cleaned.body;
  };
  const interactions = new Set<string>();
  const given = childElement(element, 'qti-item-body');
  if (given === undefined) refused.push({ type: 'item-without-body' });
  const body = clean(
    given ?? { name: 'qti-item-body', attributes: {}, children: [] },
    element,
    folderOf(path),
    `drawn/${identifier}`,
  );
  const stimuli = childElements(element, 'qti-assessment-stimulus-ref').flatMap((reference, place) => {
    const href = reference.attributes['href'] ?? '';
    const stimulusPath = findFile(files, folderOf(path), href) ?? href;
    const stimulus = readSource(stimulusPath, files);
    const content = stimulus.ok ? childElement(stimulus.value.element, 'qti-stimulus-body') : undefined;
    if (content !== undefined)
      return [
        clean(
          content,
          stimulus.ok ? stimulus.value.element : element,
          folderOf(stimulusPath),
          `drawn/${identifier}-${place + 1}`,
        ),
      ];
    refused.push(stimulus.ok ? { type: 'stimulus-without-body', name: href } : { ...stimulus.refusal });
    return [];
  });
  const responses = childElements(element, 'qti-response-declaration').map(declaration);
  refused.push(...undeclared(body, responses));
  refused.push(...unshownGraphics(body));
  refused.push(...included(element, given));
  const practical = checkPractical(body, responses, (file) => shownFiles.get(file)?.length ?? 0);
  refused.push(...practical.refused);
  notes.push(...practical.notes);
  if (templateNeedsKeys(element)) refused.push({ type: 'template-needs-correct-response' });
  notes.push(...leftUnused(element));
  notes.push(...recordings(body));
  const unscored = interactions.size === 0 ? [] : whyNotScored(element, interactions);
  const title = element.attributes['title'] ?? '';
  return {
    item: {
      identifier,
      title,
      language: languageOf(element),
      responses,
      template: cleanTemplate(element, [body, ...stimuli]),
      body,
      stimuli,
    },
    files: shownFiles,
    report: {
      identifier,
      title,
      interactions: [...interactions],
      verdict: refused.length > 0 ? 'refused' : unscored.length > 0 ? 'shown-not-scored' : 'supported',
      reasons: [...refused, ...unscored, ...notes],
    },
  };
}

export function languageOf(element: QtiElement): string {
  return element.attributes['xml:lang'] ?? element.attributes['lang'] ?? '';
}

/** Feedback is visible when its identifier is among the outcome's value and it shows on that, or is not and it hides on it. */
function isShownAtStart(feedback: QtiElement, item: QtiElement): boolean {
  const outcome = childElements(item, 'qti-outcome-declaration').find(
    (one) => one.attributes['identifier'] === feedback.attributes['outcome-identifier'],
  );
  const value = outcome && childElement(outcome, 'qti-default-value');
  const matches =
    value !== undefined &&
    childElements(value, 'qti-value').some(
      (one) => textContent(one).trim() === feedback.attributes['identifier'],
    );
  return matches === (feedback.attributes['show-hide'] !== 'hide');
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

function undeclared(body: QtiElement, responses: readonly ResponseDeclaration[]): Refusal[] {
  const declared = new Set(responses.map((one) => one.identifier));
  return [...descendants(body)]
    .filter((one) => one.name.endsWith('-interaction'))
    .map((one) => one.attributes['response-identifier'] ?? '')
    .filter((response) => !declared.has(response))
    .map((response) => ({ type: 'response-not-declared', response }));
}

/** What an item includes from elsewhere outside of its body: there it would only be missed when scoring. */
function included(item: QtiElement, body: QtiElement | undefined): Refusal[] {
  return childElements(item)
    .filter((child) => child !== body)
    .flatMap((child) => [child, ...descendants(child)])
    .filter((one) => one.name === 'xi:include')
    .map((one) => ({ type: 'external-reference', reference: (one.attributes['href'] ?? '').slice(0, 200) }));
}

/** What is answered by speaking, with its limits. */
function recordings(body: QtiElement): Refusal[] {
  return [...descendants(body)].flatMap((element) => {
    const asked = askedRecording(element);
    if (!asked) return [];
    return [
      { type: 'answered-by-recording', seconds: asked.seconds },
      ...(asked.tries > 0 ? [{ type: 'recording-tries', tries: asked.tries }] : []),
      ...asked.unreadable.map((limit) => ({ type: 'recording-limit-unreadable', ...limit })),
    ];
  });
}

function leftUnused(item: QtiElement): Refusal[] {
  const has = (name: string): boolean => childElement(item, name) !== undefined;
  const notes: Refusal[] = [];
  if (item.attributes['adaptive'] === 'true') notes.push({ type: 'adaptive-item-one-attempt' });
  if (has('qti-modal-feedback')) notes.push({ type: 'feedback-not-shown' });
  if (has('qti-companion-materials-info')) notes.push({ type: 'companion-materials-not-shown' });
  for (const declaration of childElements(item, 'qti-response-declaration'))
    if (childElement(declaration, 'qti-default-value'))
      notes.push({
        type: 'default-response-not-shown',
        response: declaration.attributes['identifier'] ?? '',
      });
  if (has('qti-stylesheet')) notes.push({ type: 'stylesheet-not-used' });
  return notes;
}

function whyNotScored(item: QtiElement, interactions: ReadonlySet<string>): Refusal[] {
  const processing = childElement(item, 'qti-response-processing');
  const template = processing?.attributes['template'] ?? processing?.attributes['template-location'];
  if (processing === undefined || (childElements(processing).length === 0 && template === undefined)) {
    const people = childElements(item, 'qti-outcome-declaration').some(
      (one) =>
        one.attributes['external-scored'] !== undefined && one.attributes['external-scored'] !== 'none',
    );
    const written = ['extended-text', 'upload', 'drawing'].some((name) => interactions.has(name));
    return [{ type: people || written ? 'marked-by-people' : 'without-response-processing' }];
  }
  if (childElements(processing).length === 0 && !standardTemplate(template ?? ''))
    return [{ type: 'response-processing-template-unknown', template: (template ?? '').slice(0, 200) }];
  const custom = [...descendants(processing)].find((one) => one.name === 'qti-custom-operator');
  return custom
    ? [{ type: 'custom-operator-not-evaluated', operator: custom.attributes['class'] ?? '' }]
    : [];
}
