/** The site's own exam locks, and a reserve instead of the one that is broken, lost or revoked. */
import { useState, type ReactNode } from 'react';
import { Button } from 'antd';
import { DialogButton } from '../../../ui/dialog.tsx';
import { Form } from '../../../ui/form.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { LockFields, lockChoice, noLock, type LockDraft } from '../../../ui/lock-fields.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { useSession } from '../../../ui/session.ts';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { siteLockContract, type LockInUse } from '../../locks/contract.ts';
import type { SiteClient } from '../site-console.tsx';

export function LocksPanel({ site }: { site: SiteClient }): ReactNode {
  const t = useText();
  const { frame } = useSession();
  const may = useRoleGate(siteLockContract.choose);
  const lock = frame?.indicators.find((one) => one.id === 'lock');
  // What the centre says of the locks shows in the status bar, too.
  const own = useLoaded(`locks ${JSON.stringify(lock)}`, () => site.lock.list());
  const { inUse = null, locks = [] } = own.value ?? {};
  return (
    <section className="panel panel-narrow">
      <h2>{t('lock.title')}</h2>
      <p className="soft">{t('site.locksAbout')}</p>
      {own.value && (
        <Listing
          rows={locks}
          rowKey={(one) => one.serial}
          empty={<p className="soft">{t('site.locksUnknown')}</p>}
          columns={({ column }) => [
            column(t('lock.serial'), (one) => (
              <>
                <strong>{one.serial}</strong> <span className="soft">{t.find(`lock.kind.${one.kind}`)}</span>
              </>
            )),
            column(t('column.state'), (one) =>
              one.state === 'revoked' ? (
                <>
                  <Mark {...checkMarks.failed} word={t('lock.state.revoked')} />
                  <div className="soft">{one.revoked?.reason}</div>
                </>
              ) : one.serial === inUse ? (
                <Mark {...checkMarks.passed} word={t('lock.state.active')} />
              ) : (
                <Mark {...checkMarks.waiting} word={t('lock.state.reserve')} />
              ),
            ),
          ]}
        />
      )}
      <div className="row">
        <DialogButton label={t('site.lockChoose')} gate={may} width={640}>
          {(close) => (
            <Choose
              site={site}
              close={() => {
                close();
                own.reload();
              }}
            />
          )}
        </DialogButton>
      </div>
    </section>
  );
}

function Choose({ site, close }: { site: SiteClient; close: () => void }): ReactNode {
  const t = useText();
  const [draft, setDraft] = useState<LockDraft>(noLock);
  const found = useLoaded('locks here', () => site.lock.find());
  const { keyFiles = [], libraries = [] } = found.value ?? {};
  const choice = inUseOf(draft);
  return (
    <Form
      submit={t('site.lockTake')}
      ready={choice !== null}
      done={t('site.lockTaken')}
      onCancel={close}
      onSubmit={async () => {
        if (!choice) return;
        await site.lock.choose(choice);
        close();
      }}
    >
      <p>{t('site.lockChooseText')}</p>
      {keyFiles.length > 0 && (
        <div className="stack" role="group" aria-label={t('site.lockOnDrives')}>
          <strong>{t('site.lockOnDrives')}</strong>
          {keyFiles.map(({ path, serial, known }) => (
            <Button
              key={path}
              block
              type={draft.path === path ? 'primary' : 'default'}
              ghost={draft.path === path}
              aria-pressed={draft.path === path}
              disabled={known === null || known === 'revoked'}
              onClick={() => setDraft((before) => ({ ...before, kind: 'key-file', path }))}
            >
              <strong>{serial}</strong> {path}{' '}
              <span className="soft">
                {known === null ? t('site.lockFoundUnknown') : t(`lock.state.${known}`)}
              </span>
            </Button>
          ))}
        </div>
      )}
      <LockFields
        value={draft}
        onChange={(part) => setDraft((before) => ({ ...before, ...part }))}
        libraries={libraries}
        mayBeNew={false}
        pathHint={t('site.lockPathReserve')}
        tokens={(library) => site.lock.tokens({ library })}
      />
    </Form>
  );
}

/** One that is there: nothing is made here. */
function inUseOf(draft: LockDraft): LockInUse | null {
  const choice = lockChoice(draft);
  if (choice?.kind !== 'key-file') return choice;
  const { kind, path, pin } = choice;
  return { kind, path, pin };
}
