/** Values of a template item as its text prints them: the same that scoring derives from the candidate's seed. */
import { instantiateTemplate } from '../../../exam/expression/template/template.ts';
import type { InstanceItem } from '../../../exam/paper/model.ts';
import { scalars } from '../../../exam/expression/value.ts';

export function templateText(item: InstanceItem): ReadonlyMap<string, string> {
  if (item.item.template.length === 0) return new Map();
  const { variables } = instantiateTemplate(item.item.template, item.seed);
  return new Map([...variables].map(([name, value]) => [name, scalars(value).join(', ')]));
}
