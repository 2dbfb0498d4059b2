/** What an entry says besides its kind: what a person entered or would ask for. The same on screens and on paper. */
interface Words {
  /** A text whose key is made from data; null when there is none. */
  readonly find: (key: string, values?: Readonly<Record<string, unknown>>) => string | null;
}

export function logDetails(t: Words, data: Readonly<Record<string, unknown>>): string {
  const minutes = typeof data['minutes'] === 'number' ? t.find('minutes', { n: data['minutes'] }) : null;
  const words = ['item', 'code', 'description', 'message', 'reason', 'challenge'].map((name) => data[name]);
  const single = data['single'] === true ? t.find('log.single') : null;
  const changes =
    typeof data['newChanges'] === 'number'
      ? t.find('answerPackage.changesOf', {
          changes: Number(data['changes']),
          newChanges: data['newChanges'],
        })
      : null;
  const asked =
    typeof data['action'] === 'string'
      ? t.find(`permit.${data['action']}`, { minutes: data['amount'] })
      : null;
  const form = typeof data['form'] === 'string' ? t.find(`dossier.form.${data['form']}`) : null;
  return [minutes, single, changes, asked, form, ...words]
    .filter((one) => typeof one === 'string' && one !== '')
    .join(' · ');
}

export function logKind(t: Words, kind: string): string {
  return t.find(`log.${kind}`) ?? kind;
}
