/** Reads `qti-assessment-test`: parts, sections, selection, ordering, modes, item session control. */
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { cleanBody } from './clean-body.ts';
import { childElement, childElements, isElement, type QtiElement } from './element.ts';
import type { SessionControl, TestItem, TestPart, TestSection } from './model.ts';

const defaultControl: SessionControl = { allowSkipping: true, validateResponses: false };

/**
 * @param names item identifier by path of its file.
 * @param find the path of the file that a reference in the test means.
 * @param show takes the path of each file that instructions show.
 */
export function readTest(
  test: QtiElement,
  names: ReadonlyMap<string, string>,
  notes: Refusal[],
  find: (reference: string) => string | null,
  show: (path: string) => void,
): Result<TestPart[]> {
  const missing: string[] = [];
  const rubricsOf = (element: QtiElement): QtiElement[] =>
    childElements(element, 'qti-rubric-block')
      .filter((rubric) => (rubric.attributes['view'] ?? 'candidate').split(/\s+/).includes('candidate'))
      .map((rubric) => {
        const named = { ...rubric, attributes: { ...rubric.attributes, view: 'candidate' } };
        const cleaned = cleanBody(named, find);
        cleaned.files.forEach(show);
        notes.push(...cleaned.refused);
        return cleaned.body;
      });
  const note = (element: QtiElement): void => {
    for (const name of ['qti-pre-condition', 'qti-branch-rule', 'qti-time-limits', 'qti-template-default']) {
      if (childElement(element, name))
        notes.push({
          type: 'kept-but-not-applied',
          element: name,
          at: element.attributes['identifier'] ?? '',
        });
    }
  };
  const section = (element: QtiElement, inherited: SessionControl): TestSection => {
    note(element);
    const own = control(element, inherited);
    const selection = childElement(element, 'qti-selection');
    const ordering = childElement(element, 'qti-ordering');
    return {
      identifier: element.attributes['identifier'] ?? '',
      title: element.attributes['title'] ?? '',
      visible: element.attributes['visible'] !== 'false',
      fixed: element.attributes['fixed'] === 'true',
      required: element.attributes['required'] === 'true',
      keepTogether: element.attributes['keep-together'] !== 'false',
      select: selection ? Number(selection.attributes['select'] ?? 0) : null,
      withReplacement: selection?.attributes['with-replacement'] === 'true',
      shuffle: ordering?.attributes['shuffle'] === 'true',
      rubrics: rubricsOf(element),
      children: element.children.filter(isElement).flatMap((child): (TestSection | TestItem)[] => {
        if (child.name === 'qti-assessment-section') return [section(child, own)];
        if (child.name === 'qti-assessment-section-ref') missing.push(child.attributes['href'] ?? '');
        if (child.name !== 'qti-assessment-item-ref') return [];
        note(child);
        const item = names.get(find(child.attributes['href'] ?? '') ?? '');
        if (item === undefined) {
          missing.push(child.attributes['href'] ?? '');
          return [];
        }
        const weight = Number(childElement(child, 'qti-weight')?.attributes['value'] ?? 1);
        return [
          {
            identifier: child.attributes['identifier'] ?? item,
            item,
            fixed: child.attributes['fixed'] === 'true',
            required: child.attributes['required'] === 'true',
            weight: Number.isFinite(weight) ? weight : 1,
            control: control(child, own),
          },
        ];
      }),
    };
  };
  const parts = childElements(test, 'qti-test-part').map((part): TestPart => {
    note(part);
    const own = control(part, defaultControl);
    return {
      identifier: part.attributes['identifier'] ?? '',
      navigation: part.attributes['navigation-mode'] === 'linear' ? 'linear' : 'nonlinear',
      submission: part.attributes['submission-mode'] === 'individual' ? 'individual' : 'simultaneous',
      sections: withRubrics(
        childElements(part, 'qti-assessment-section').map((one) => section(one, own)),
        rubricsOf(part),
      ),
    };
  });
  note(test);
  if (missing.length > 0) return refuse({ type: 'file-missing-in-package', name: missing[0] });
  return parts.length === 0 ? refuse({ type: 'test-without-parts' }) : ok(parts);
}

/** Instructions of a whole part stand before its first section's own. */
function withRubrics(sections: TestSection[], rubrics: readonly QtiElement[]): TestSection[] {
  const [first, ...rest] = sections;
  return first && rubrics.length > 0
    ? [{ ...first, rubrics: [...rubrics, ...first.rubrics] }, ...rest]
    : sections;
}

function control(element: QtiElement, inherited: SessionControl): SessionControl {
  const own = childElement(element, 'qti-item-session-control');
  if (!own) return inherited;
  return {
    allowSkipping:
      own.attributes['allow-skipping'] === undefined
        ? inherited.allowSkipping
        : own.attributes['allow-skipping'] === 'true',
    validateResponses:
      own.attributes['validate-responses'] === undefined
        ? inherited.validateResponses
        : own.attributes['validate-responses'] === 'true',
  };
}
