/** 登录设备: where one is signed in, with a button that ends it; an administrator's also shows everybody else. */
import type { ReactNode } from 'react';
import { signInContract, type SignInView } from '../../node/sign-ins/contract.ts';
import { ActButton } from '../act-button.tsx';
import type { NodeClient } from '../client.ts';
import { screenGate } from '../gate-button.tsx';
import { Listing } from '../listing.tsx';
import { useRoleGate } from '../role-gate.ts';
import { useSession } from '../session.ts';
import { checkMarks, Mark } from '../state-mark.tsx';
import { useText } from '../text.ts';
import { useLoaded } from '../use-loaded.ts';

export function SignInsPanel({ client }: { client: NodeClient }): ReactNode {
  const { user } = useSession();
  const othersToo = useRoleGate(signInContract.all);
  return (
    <>
      <OwnSignIns client={client} />
      {othersToo.allowed && <SignInsOfOthers client={client} own={user.account} />}
    </>
  );
}

function OwnSignIns({ client }: { client: NodeClient }): ReactNode {
  const t = useText();
  const { value, set } = useLoaded('own', () => client.signIn.list());
  if (!value) return null;
  return (
    <section className="panel">
      <h2>{t('signIns.own')}</h2>
      <div className="stack">
        <p className="hint">{t('signIns.ownHint')}</p>
        <SignIns
          rows={value}
          action={({ id, own }) =>
            own ? (
              <Mark {...checkMarks.passed} word={t('signIns.thisOne')} />
            ) : (
              <ActButton size="small" act={async () => set(await client.signIn.end({ id }))}>
                {t('signIns.end')}
              </ActButton>
            )
          }
        />
        <div>
          <ActButton
            gate={screenGate(
              value.some((one) => !one.own),
              'no-other-sign-in',
            )}
            act={async () => set(await client.signIn.endOthers())}
            done={t('signIns.othersEnded')}
          >
            {t('signIns.endOthers')}
          </ActButton>
        </div>
      </div>
    </section>
  );
}

function SignInsOfOthers({ client, own }: { client: NodeClient; own: string }): ReactNode {
  const t = useText();
  const { value, set, reload } = useLoaded('all', () => client.signIn.all());
  if (!value) return null;
  const others = value.filter((one) => one.account !== own);
  return (
    <section className="panel">
      <h2>{t('signIns.others')}</h2>
      <div className="stack">
        <SignIns
          rows={others}
          withAccount
          empty={<p className="hint">{t('signIns.nobodyElse')}</p>}
          action={({ id, account }) => (
            <div className="row">
              <ActButton size="small" act={async () => set(await client.signIn.endOf({ account, id }))}>
                {t('signIns.end')}
              </ActButton>
              {others.filter((one) => one.account === account).length > 1 && (
                <ActButton
                  size="small"
                  act={async () => set(await client.signIn.endOf({ account, id: null }))}
                >
                  {t('signIns.endAllOf', { account })}
                </ActButton>
              )}
            </div>
          )}
        />
        <div>
          <ActButton act={async () => reload()}>{t('signIns.lookAgain')}</ActButton>
        </div>
      </div>
    </section>
  );
}

function SignIns(props: {
  rows: readonly SignInView[];
  withAccount?: boolean;
  empty?: ReactNode;
  action: (row: SignInView) => ReactNode;
}): ReactNode {
  const t = useText();
  const { rows, withAccount = false, empty, action } = props;
  return (
    <Listing
      rows={rows}
      rowKey={(one) => one.id}
      empty={empty}
      columns={({ column, moment }) => [
        ...(withAccount ? [column(t('account.name'), (one) => <strong>{one.account}</strong>)] : []),
        moment(t('signIns.since'), (one) => one.beganAt),
        moment(t('signIns.lastUsed'), (one) => one.usedAt),
        column(t('signIns.address'), (one) => <span className="nowrap">{one.address || '–'}</span>),
        column(t('signIns.browser'), (one) => one.browser || t('signIns.otherProgram')),
        column(t('column.actions'), action),
      ]}
    />
  );
}
