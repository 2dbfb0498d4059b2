/** Reads `qti-assessment-test`: parts, sections, selection, ordering, modes, item session control. */
import { ok, refuse, type Refusal, type Result } from '../../base/result.ts';
import { cleanBody } from './clean-body.ts';
import { childElement, childElements, isElement, type QtiElement } from './element.ts';
import { resolvePath } from './package-path.ts';
import type { SessionControl, TestItem, TestPart, TestSection } from './model.ts';

const defaultControl: SessionControl = { allowSkipping: true, validateResponses: false };

/** @param names item identifier by path of its file. */
export function readTest(
  test: QtiElement,
  path: string,
  names: ReadonlyMap<string, string>,
  notes: Refusal[],
): Result<TestPart[]> {
  const folder = path.replace(/[^/]*$/, '');
  const missing: string[] = [];
  const note = (element: QtiElement): void => {
    for (const name of ['qti-pre-condition', 'qti-branch-rule', 'qti-time-limits']) {
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
      rubrics: childElements(element, 'qti-rubric-block')
        .filter((rubric) => (rubric.attributes['view'] ?? 'candidate').includes('candidate'))
        .map(
          (rubric) =>
            cleanBody({ ...rubric, attributes: { ...rubric.attributes, view: 'candidate' } }, () => null)
              .body,
        ),
      children: element.children.filter(isElement).flatMap((child): (TestSection | TestItem)[] => {
        if (child.name === 'qti-assessment-section') return [section(child, own)];
        if (child.name !== 'qti-assessment-item-ref') return [];
        note(child);
        const file = resolvePath(folder, child.attributes['href'] ?? '');
        const item = names.get(file);
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
            categories: (child.attributes['category'] ?? '').split(/\s+/).filter(Boolean),
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
      sections: childElements(part, 'qti-assessment-section').map((one) => section(one, own)),
    };
  });
  note(test);
  if (missing.length > 0) return refuse({ type: 'file-missing-in-package', name: missing[0] });
  return parts.length === 0 ? refuse({ type: 'test-without-parts' }) : ok(parts);
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
