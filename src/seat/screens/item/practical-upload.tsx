/** A file that is expected back in the working folder: what the agent has of it, and how it stands. */
import { createContext, use, type ReactNode } from 'react';
import type { ExpectedFileView, PracticalTaskView } from '../../practical/contract.ts';
import { fileSize } from '../file-size.ts';
import { useLanguage } from '../language.tsx';
import { Group } from './group.tsx';
import { responseOf, type InteractionProps } from './interaction.ts';

/** The working folder of the question that is shown; null: its agent has said nothing of one yet. */
export const PracticalTaskContext = createContext<PracticalTaskView | null>(null);

export function PracticalUpload(props: InteractionProps): ReactNode {
  const { say } = useLanguage();
  const task = use(PracticalTaskContext);
  const file = task?.expected.find(({ response }) => response === responseOf(props.element));
  return (
    <Group interaction={props} className="practical">
      {file ? <Expected file={file} /> : <p className="hint">{say('practical.making')}</p>}
    </Group>
  );
}

/** Something the candidate should look at, though work goes on. */
const troubled = new Set<ExpectedFileView['state']>(['gone', 'empty', 'too-large', 'unreadable']);

function Expected({ file }: { file: ExpectedFileView }): ReactNode {
  const { say, language } = useLanguage();
  const { state, pattern, keptAt, versions } = file;
  const limit = fileSize(file.limit, language);
  const values = { name: file.name ?? pattern, size: fileSize(file.size ?? 0, language), limit };
  return (
    <>
      <p className="hint">{say('practical.expected', { name: pattern, limit })}</p>
      <p role="status" className={troubled.has(state) ? 'problem' : `file-state ${state}`}>
        {say(`practical.${state}`, values)}
      </p>
      {keptAt !== null && (
        <p className="hint figures">
          {say('practical.versions', {
            count: versions,
            time: new Date(keptAt).toLocaleTimeString(language),
          })}
        </p>
      )}
    </>
  );
}
