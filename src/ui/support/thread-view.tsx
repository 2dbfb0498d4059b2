/** One question with all that was said to it, and the answer. */
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Button, Input, type GetRef } from 'antd';
import { textLimit } from '../../exam/support/posting.ts';
import { nameOf, type Thread, type ThreadLine } from '../../exam/support/thread.ts';
import type { GateView } from '../../node/contract.ts';
import { refusalOf } from '../client.ts';
import { Facts } from '../facts.tsx';
import { dateTime } from '../format.ts';
import { GateButton } from '../gate-button.tsx';
import { useText, type Text } from '../text.ts';
import { useAction } from '../use-action.ts';
import { priorityWord, PriorityMark, stageWord, stateWord, ThreadStateMark } from './support-words.tsx';

interface Props {
  thread: Thread;
  side: ThreadLine['side'];
  /** Before the stage, at the centre: whose it is. */
  site?: string;
  gate: GateView;
  /** Beside the answer: what else can be done with it. */
  actions: ReactNode;
  onWrite: (text: string) => Promise<unknown>;
  onSeen: () => Promise<unknown>;
  onBack: () => void;
}

export function ThreadView(props: Props): ReactNode {
  const { thread, side, site, gate, actions, onWrite, onSeen, onBack } = props;
  const t = useText();
  const { busy, run } = useAction();
  const [text, setText] = useState('');
  const { unread } = thread;
  const field = useRef<GetRef<typeof Input.TextArea>>(null);
  // Whoever opens it with the keyboard goes on with the answer.
  useEffect(() => field.current?.focus(), []);
  const may = gate.allowed;
  useEffect(() => {
    // An observer looks on: what he has read is not read by those who answer. What is refused stays unread, and says so with the answer.
    if (may && unread > 0) onSeen().catch(refusalOf);
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- again when something new has come, not with every painting
  }, [may, unread, thread.id]);
  const send = (): void => {
    if (!may || busy || text.trim() === '') return;
    void run(() => onWrite(text)).then((done) => done && setText(''));
  };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- the key that leaves; the button beside does the same
    <section
      className="panel thread"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onBack();
      }}
    >
      <div className="panel-head">
        <h1>
          {site !== undefined && `${site} · `}
          {stageWord(t, thread.stage)}
        </h1>
        <Button onClick={onBack}>{t('support.back')}</Button>
      </div>
      <div className="row">
        <PriorityMark of={thread.priority} />
        <ThreadStateMark of={thread.state} />
        {thread.byTelephone && <span className="soft">{t('support.byTelephone')}</span>}
      </div>
      <Facts
        of={[
          [t('support.phone'), thread.phone],
          [t('support.owner'), thread.owner],
        ]}
      />
      <ol className="thread-lines">
        {thread.lines.map((line) => (
          <Line key={line.id} line={line} own={line.side === side} />
        ))}
      </ol>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          send();
        }}
      >
        <Input.TextArea
          aria-label={t('support.answer')}
          placeholder={t('support.answer')}
          ref={field}
          readOnly={!may}
          maxLength={textLimit}
          autoSize={{ minRows: 3, maxRows: 10 }}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send();
          }}
        />
        <div className="row">
          <GateButton type="primary" htmlType="submit" loading={busy} gate={gate}>
            {t('support.send')}
          </GateButton>
          {actions}
          <span className="soft">{t('support.sendHint')}</span>
        </div>
      </form>
    </section>
  );
}

function Line({ line, own }: { line: ThreadLine; own: boolean }): ReactNode {
  const t = useText();
  return (
    <li className={`thread-line ${own ? 'thread-own' : ''} ${line.text === null ? 'thread-change' : ''}`}>
      <div className="soft">
        {t(line.side === 'site' ? 'support.site' : 'support.desk')} · {nameOf(line)} · {dateTime(line.at)}
        {line.waits && ` · ${t('support.waits')}`}
      </div>
      <div className="thread-text">{line.text ?? changeWords(t, line)}</div>
    </li>
  );
}

function changeWords(t: Text, { state, priority, owner }: ThreadLine): string {
  return [
    state && t('support.changedState', { state: stateWord(t, state) }),
    priority && t('support.changedPriority', { priority: priorityWord(t, priority) }),
    owner !== undefined && t('support.changedOwner', { owner }),
  ]
    .filter((one) => typeof one === 'string')
    .join(' · ');
}
