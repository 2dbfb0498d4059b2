/** What an import says of a practical task: its files and limits, and what no seat could lay out or take back. */
import type { Refusal } from '../../base/result.ts';
import {
  foldedName,
  isExecutable,
  isLegalName,
  isTemporary,
  isUsablePattern,
} from '../practical/file-names.ts';
import {
  expectedAttribute,
  isPracticalInteraction,
  mostExpected,
  mostGiven,
  practicalTask,
  sizeAttribute,
  sizeLimit,
  taskFileLimit,
  type GivenFile,
} from '../practical/practical-task.ts';
import { descendants, type QtiElement } from './element.ts';
import type { ResponseDeclaration } from './model.ts';

export interface PracticalFindings {
  readonly notes: readonly Refusal[];
  readonly refused: readonly Refusal[];
}

/** @param body cleaned. @param sizeOf bytes of a file of the package. */
export function checkPractical(
  body: QtiElement,
  responses: readonly ResponseDeclaration[],
  sizeOf: (path: string) => number,
): PracticalFindings {
  const task = practicalTask({ body });
  if (!task) return { notes: [], refused: [] };
  const refused: Refusal[] = [];
  if (task.expected.length > mostExpected)
    refused.push({ type: 'practical-too-many-expected', limit: mostExpected });
  if (task.given.length > mostGiven) refused.push({ type: 'practical-too-many-files', limit: mostGiven });
  refused.push(...task.given.flatMap((file) => problemsOfGiven(file, sizeOf(file.path))));
  refused.push(
    ...twice(
      task.given.map(({ name }) => name),
      'practical-file-twice',
    ),
  );
  refused.push(
    ...twice(
      task.expected.map(({ pattern }) => pattern),
      'practical-expected-twice',
    ),
  );
  for (const { attributes } of [...descendants(body)].filter(isPracticalInteraction)) {
    const name = (attributes[expectedAttribute] ?? '').slice(0, 200);
    const megabytes = attributes[sizeAttribute];
    const response = attributes['response-identifier'] ?? '';
    const declared = responses.find(({ identifier }) => identifier === response);
    if (!isUsablePattern(name)) refused.push({ type: 'practical-expected-name', name });
    if (sizeLimit(megabytes) === null)
      refused.push({ type: 'practical-size-limit', limit: megabytes?.slice(0, 40) });
    if (declared && (declared.baseType !== 'file' || declared.cardinality !== 'single'))
      refused.push({ type: 'practical-response-not-file', response });
  }
  const notes = [
    {
      type: 'practical-task',
      files: task.given.map(({ name, path }) => `${name} (${inWords(sizeOf(path))})`).join(', ') || '–',
      expected: task.expected.map(({ pattern, limit }) => `${pattern} (≤ ${inWords(limit)})`).join(', '),
    },
  ];
  return { notes: refused.length === 0 ? notes : [], refused };
}

function problemsOfGiven({ name }: GivenFile, size: number): Refusal[] {
  const shown = name.slice(0, 200);
  if (isExecutable(name)) return [{ type: 'practical-file-executable', name: shown }];
  if (!isLegalName(name) || isTemporary(name)) return [{ type: 'practical-file-name', name: shown }];
  return size > taskFileLimit
    ? [{ type: 'practical-file-too-large', name: shown, limit: taskFileLimit / 1024 ** 2 }]
    : [];
}

function twice(names: readonly string[], type: string): Refusal[] {
  const groups = Map.groupBy(names, foldedName);
  return [...groups.values()]
    .filter(({ length }) => length > 1)
    .map(([name = '']) => ({ type, name: name.slice(0, 200) }));
}

function inWords(bytes: number): string {
  return bytes < 1024 ** 2 ? `${Math.ceil(bytes / 1024)} KB` : `${Math.ceil(bytes / 1024 ** 2)} MB`;
}
