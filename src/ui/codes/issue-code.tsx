/** A request was read out: what is it, may it be, and the answer to read back. */
import { useState, type ReactNode } from 'react';
import { Alert, AutoComplete, Input } from 'antd';
import type { CodeReading, DeskCode } from '../../exam/code/desk.ts';
import { challengeLength } from '../../exam/code/request.ts';
import type { Refusal } from '../../base/result.ts';
import { refusalOf } from '../client.ts';
import { CodeFigures } from '../code-figures.tsx';
import { Field } from '../field.tsx';
import { Form } from '../form.tsx';
import { RefusalText } from '../refusal-text.tsx';
import { useText } from '../text.ts';
import type { DeskClient } from './code-desk.tsx';
import { codeWords } from './code-words.ts';

interface Props {
  desk: DeskClient;
  session: { readonly id: string; readonly name: string };
  rooms: readonly string[];
  /** A request that arrived by itself: nothing is left to type. */
  asked?: DeskCode;
}

export function IssueCode({ desk, session, rooms, asked }: Props): ReactNode {
  const t = useText();
  const [roomCode, setRoomCode] = useState(asked?.room ?? (rooms.length === 1 ? (rooms[0] ?? '') : ''));
  const [challenge, setChallenge] = useState(asked?.challenge ?? '');
  const [reason, setReason] = useState(asked?.asked?.reason ?? '');
  const [reading, setReading] = useState<CodeReading | null>(null);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [answer, setAnswer] = useState<string | null>(null);
  const call = { roomCode: roomCode.trim(), sessionId: session.id, challenge };
  const complete = challenge.replaceAll(/[\s-]/g, '').length >= challengeLength && call.roomCode !== '';
  const read = async (): Promise<void> => {
    try {
      setReading(await desk.read(call));
      setRefusal(null);
    } catch (error) {
      setReading(null);
      setRefusal(refusalOf(error));
    }
  };
  if (answer !== null && reading !== null)
    return (
      <div className="stack">
        <Words reading={reading} />
        <p>{t('code.readBack')}</p>
        <CodeFigures value={answer} large />
      </div>
    );
  return (
    <Form
      submit={reading === null ? t('code.read') : t('code.issue')}
      ready={complete && (reading === null || reason.trim() !== '')}
      onSubmit={async () => {
        if (reading === null) return read();
        setAnswer((await desk.issue({ ...call, reason: reason.trim() })).answer);
      }}
    >
      <p className="soft">{session.name}</p>
      <Field label={t('column.room')}>
        <AutoComplete
          aria-label={t('column.room')}
          value={roomCode}
          disabled={asked !== undefined}
          onChange={(value) => {
            setRoomCode(value);
            setReading(null);
          }}
          options={rooms.map((value) => ({ value }))}
          showSearch={{ filterOption: (typed, option) => option?.value.includes(typed) ?? false }}
        />
      </Field>
      <Field label={t('code.request')} hint={t('code.requestHint')}>
        <Input
          className="figures-input"
          aria-label={t('code.request')}
          size="large"
          autoComplete="off"
          spellCheck={false}
          maxLength={40}
          readOnly={asked !== undefined}
          value={challenge}
          onChange={(event) => {
            setChallenge(event.target.value);
            setReading(null);
          }}
        />
      </Field>
      {refusal && <Alert type="warning" title={<RefusalText refusal={refusal} />} />}
      {reading && (
        <>
          <Words reading={reading} />
          <Field label={t('code.why')} hint={t('code.whyHint')}>
            <Input maxLength={400} value={reason} onChange={(event) => setReason(event.target.value)} />
          </Field>
        </>
      )}
    </Form>
  );
}

function Words({ reading }: { reading: CodeReading }): ReactNode {
  const t = useText();
  const { candidate } = reading;
  return (
    <Alert
      type="info"
      title={<strong>{codeWords(t, reading)}</strong>}
      description={
        <>
          {t('code.inRoom', { room: reading.room })}{' '}
          {candidate === null
            ? t('code.wholeRoom')
            : `${candidate.admissionNumber} ${candidate.name} (${t('code.candidateNo', { number: candidate.index })})`}
        </>
      }
    />
  );
}
