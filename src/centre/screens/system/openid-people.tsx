/** Which accounts may be entered with the sign-in service, and who is bound to them. */
import type { ReactNode } from 'react';
import { ActButton } from '../../../ui/act-button.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { dateTime } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { screenGate } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { useSession } from '../../../ui/session.ts';
import { checkMarks, Mark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import type { OpenIdView } from '../../openid/contract.ts';
import type { CentreClient } from '../centre-console.tsx';

type Person = OpenIdView['people'][number];

interface Props {
  centre: CentreClient;
  set: (view: OpenIdView) => void;
}

export function OpenIdPeople(props: Props & { people: readonly Person[]; byEmail: boolean }): ReactNode {
  const t = useText();
  const { centre, people, byEmail, set } = props;
  return (
    <section className="panel">
      <h2>{t('openid.people')}</h2>
      <div className="stack">
        <p className="hint">{t('openid.peopleHint')}</p>
        {byEmail && <p className="hint">{t('openid.emailWhere')}</p>}
        <Listing
          rows={people}
          rowKey={(one) => one.account}
          columns={({ column, moment }) => [
            column(t('account.name'), (one) => <strong>{one.account}</strong>),
            column(t('users.person'), (one) => one.name),
            ...(byEmail ? [column(t('openid.email'), (one) => one.email || '–')] : []),
            column(t('openid.state'), (one) => <State person={one} />),
            moment(t('openid.usedAt'), (one) => one.access?.usedAt),
            column(t('column.actions'), (one) => <Actions centre={centre} person={one} set={set} />),
          ]}
        />
      </div>
    </section>
  );
}

function State({ person: { active, access } }: { person: Person }): ReactNode {
  const t = useText();
  if (!active) return <Mark shape="–" tone="light" word={t('users.off')} />;
  if (!access) return <Mark shape="–" tone="light" word={t('openid.notAllowed')} />;
  const alone = access.alone ? ` · ${t('openid.alone')}` : '';
  return access.boundAt === null ? (
    <Mark {...checkMarks.waiting} word={t('openid.allowed') + alone} />
  ) : (
    <Mark {...checkMarks.passed} word={t('openid.bound', { at: dateTime(access.boundAt) }) + alone} />
  );
}

function Actions({ centre, person, set }: Props & { person: Person }): ReactNode {
  const t = useText();
  const notOwn = screenGate(useSession().user.account !== person.account, 'own-account');
  const { account, access } = person;
  if (!access)
    return (
      <ActButton size="small" act={async () => set(await centre.openId.allow({ account, alone: false }))}>
        {t('openid.allow')}
      </ActButton>
    );
  return (
    <div className="row">
      {access.alone ? (
        <ActButton size="small" act={async () => set(await centre.openId.allow({ account, alone: false }))}>
          {t('openid.notAlone')}
        </ActButton>
      ) : (
        <DialogButton size="small" gate={notOwn} label={t('openid.makeAlone')}>
          {(close) => (
            <Form
              submit={t('save')}
              onCancel={close}
              onSubmit={async () => {
                set(await centre.openId.allow({ account, alone: true }));
                close();
              }}
            >
              <p>{t('openid.makeAloneText', { account })}</p>
            </Form>
          )}
        </DialogButton>
      )}
      {access.boundAt !== null && (
        <DialogButton size="small" label={t('openid.release')}>
          {(close) => (
            <Form
              submit={t('openid.releaseDo')}
              onCancel={close}
              onSubmit={async () => {
                set(await centre.openId.release({ account }));
                close();
              }}
            >
              <p>{t('openid.releaseText', { account })}</p>
            </Form>
          )}
        </DialogButton>
      )}
      <DialogButton size="small" danger label={t('openid.withdraw')}>
        {(close) => (
          <Form
            submit={t('openid.withdraw').replace(/\s*…$/, '')}
            danger
            onCancel={close}
            onSubmit={async () => {
              set(await centre.openId.withdraw({ account }));
              close();
            }}
          >
            <p>{t('openid.withdrawText', { account })}</p>
          </Form>
        )}
      </DialogButton>
    </div>
  );
}
