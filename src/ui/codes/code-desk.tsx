/** The desk that permits what rooms may not decide alone: what they ask, what was issued, what was used. */
import type { ReactNode } from 'react';
import { codeName, type CodeCall, type CodeReading, type DeskCode } from '../../exam/code/desk.ts';
import { DialogButton } from '../dialog.tsx';
import { EmptyState } from '../empty-state.tsx';
import { clockTime } from '../format.ts';
import { Listing } from '../listing.tsx';
import { checkMarks, Mark } from '../state-mark.tsx';
import { useText } from '../text.ts';
import { AcceptCode } from './accept-code.tsx';
import { codeWords } from './code-words.ts';
import { IssueCode } from './issue-code.tsx';

export interface DeskClient {
  read: (call: CodeCall) => Promise<CodeReading>;
  issue: (call: CodeCall & { reason: string }) => Promise<{ answer: string }>;
  /** Only where somebody may answer for what nobody issued. */
  accept?: (call: CodeCall & { reason: string }) => Promise<unknown>;
}

interface Props {
  desk: DeskClient;
  codes: readonly DeskCode[];
  session: { readonly id: string; readonly name: string };
  rooms: readonly string[];
}

export function CodeDesk({ desk, codes, session, rooms }: Props): ReactNode {
  const t = useText();
  const here = codes.filter((one) => one.session === session.id);
  return (
    <Listing
      caption={
        <div className="row">
          <h2>{t('code.title')}</h2>
          <DialogButton label={t('code.readOut')} width={640}>
            {() => <IssueCode desk={desk} session={session} rooms={rooms} />}
          </DialogButton>
        </div>
      }
      rows={here}
      rowKey={codeName}
      empty={
        <section className="panel">
          <div className="panel-head">
            <h2>{t('code.title')}</h2>
            <DialogButton label={t('code.readOut')} width={640}>
              {() => <IssueCode desk={desk} session={session} rooms={rooms} />}
            </DialogButton>
          </div>
          <EmptyState title={t('code.none')} todo={t('code.noneTodo')} />
        </section>
      }
      columns={({ column }) => [
        column(t('column.room'), (one) => <strong>{one.room}</strong>),
        column(t('code.what'), (one) => codeWords(t, one)),
        column(t('code.forWhom'), (one) =>
          one.candidate === 0 ? t('code.wholeRoom') : t('code.candidateNo', { number: one.candidate }),
        ),
        column(t('code.request'), (one) => <span className="nowrap">{one.challenge}</span>),
        column(t('code.why'), (one) => one.issued?.reason ?? one.asked?.reason ?? '–'),
        column(t('column.state'), (one) => <CodeState code={one} />),
        column(t('code.todo'), (one) => <CodeAct {...{ desk, session, rooms }} code={one} />),
      ]}
    />
  );
}

function CodeState({ code }: { code: DeskCode }): ReactNode {
  const t = useText();
  const { asked, issued, used, accepted } = code;
  if (used && !issued && !accepted)
    return <Mark {...checkMarks.failed} word={t('code.notIssued', { at: clockTime(used.at) })} />;
  if (used) return <Mark {...checkMarks.done} word={t('code.used', { at: clockTime(used.at) })} nowrap />;
  if (issued)
    return (
      <Mark {...checkMarks.current} word={t('code.issued', { at: clockTime(issued.at), by: issued.by })} />
    );
  return <Mark {...checkMarks.warning} word={t('code.asked', { at: clockTime(asked?.at ?? null) })} nowrap />;
}

function CodeAct(props: Omit<Props, 'codes'> & { code: DeskCode }): ReactNode {
  const t = useText();
  const { desk, session, rooms, code } = props;
  if (code.used && (code.issued || code.accepted)) return null;
  if (code.used) return desk.accept ? <AcceptCode accept={desk.accept} code={code} /> : null;
  return (
    <DialogButton
      size="small"
      type={code.issued ? 'default' : 'primary'}
      label={t('code.answer')}
      width={640}
    >
      {() => <IssueCode desk={desk} session={session} rooms={rooms} asked={code} />}
    </DialogButton>
  );
}
