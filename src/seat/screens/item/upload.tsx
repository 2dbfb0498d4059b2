import { useState, type ReactNode } from 'react';
import { answerFileLimit } from '../../../exam/answer/answer-limits.ts';
import { askedRecording } from '../../../exam/recording/asked.ts';
import { keepFile } from '../agent.ts';
import { useSay } from '../language.tsx';
import { Group } from './group.tsx';
import type { InteractionProps } from './interaction.ts';
import { SpokenAnswer } from './spoken-answer.tsx';

/** A file that the candidate chooses, or a recording. */
export function Upload(props: InteractionProps): ReactNode {
  const asked = askedRecording(props.element);
  return asked ? <SpokenAnswer {...props} asked={asked} /> : <ChosenFile {...props} />;
}

function ChosenFile(props: InteractionProps): ReactNode {
  const { element, value, onChange } = props;
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const kept =
    typeof value === 'object' && value !== null && 'file' in value && typeof value.file === 'object'
      ? value.file
      : null;
  const take = async (file: File | undefined): Promise<void> => {
    if (!file) return;
    setProblem(null);
    if (file.size > answerFileLimit) {
      setProblem(say('upload.too-large', { size: `${answerFileLimit / 1024 ** 2} MB` }));
      return;
    }
    setBusy(true);
    try {
      onChange({ file: await keepFile(file) }, 'chosen');
    } catch {
      setProblem(say('upload.failed'));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Group interaction={props} className="upload">
      {/* The browser writes on its own button in its own language. */}
      <label className={busy ? 'file-button busy' : 'file-button'}>
        {say(kept ? 'upload.replace' : 'upload.choose')}
        <input
          className="only-read"
          type="file"
          disabled={busy}
          accept={(element.attributes['type'] ?? '').split(/\s+/).filter(Boolean).join(',')}
          onChange={(event) => void take(event.target.files?.[0])}
        />
      </label>
      <p className="hint">{say('upload.limit', { size: `${answerFileLimit / 1024 ** 2} MB` })}</p>
      {busy && <p role="status">{say('upload.working')}</p>}
      {kept && (
        <p role="status">
          {say('upload.kept', { name: kept.name, size: `${Math.ceil(kept.size / 1000)} KB` })}{' '}
          <button type="button" className="quiet" onClick={() => onChange(null, 'chosen')}>
            {say('upload.remove')}
          </button>
        </p>
      )}
      {problem !== null && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
    </Group>
  );
}
