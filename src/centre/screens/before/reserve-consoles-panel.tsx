/** Резервные станции авторизации: further computers of sites for exams on paper, and a code for one more. */
import { useState, type ReactNode } from 'react';
import { Select } from 'antd';
import { CodeFigures } from '../../../ui/code-figures.tsx';
import { ConfirmWithProof } from '../../../ui/confirm-with-proof.tsx';
import { DialogButton } from '../../../ui/dialog.tsx';
import { EmptyState } from '../../../ui/empty-state.tsx';
import { Field } from '../../../ui/field.tsx';
import { Form } from '../../../ui/form.tsx';
import { dateTime } from '../../../ui/format.ts';
import { GateButton } from '../../../ui/gate-button.tsx';
import { Listing } from '../../../ui/listing.tsx';
import { useRoleGate } from '../../../ui/role-gate.ts';
import { ReachedMark } from '../../../ui/state-mark.tsx';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import { reserveConsoleContract, type ReserveConsole } from '../../reserve-consoles/contract.ts';
import type { SiteRow } from '../../contract.ts';
import type { CentreClient } from '../centre-console.tsx';

interface Props {
  centre: CentreClient;
  projectId: string;
  sites: readonly SiteRow[];
  round: number;
}

export function ReserveConsolesPanel({ centre, projectId, sites, round }: Props): ReactNode {
  const t = useText();
  const loaded = useLoaded(`${projectId} ${round}`, () => centre.reserveConsole.list({ projectId }));
  const nameOf = new Map(sites.map(({ code, name }) => [code, name]));
  const shared = { centre, projectId, reload: loaded.reload };
  return (
    <section className="panel">
      <div className="panel-head">
        <h2>{t('reserveConsole.title')}</h2>
        <OpenConsole {...shared} sites={sites} />
      </div>
      <p className="soft">{t('reserveConsole.about')}</p>
      <Listing
        rows={loaded.value ?? []}
        rowKey={({ id }) => id}
        empty={<EmptyState title={t('reserveConsole.none')} todo={t('reserveConsole.noneTodo')} />}
        columns={({ column }) => [
          column(t('site.code'), ({ siteCode }) => (
            <>
              <strong>{siteCode}</strong> <span className="soft">{nameOf.get(siteCode)}</span>
            </>
          )),
          column(t('site.registrationCode'), ({ registrationCode }) =>
            registrationCode === null ? '–' : <CodeFigures value={registrationCode} />,
          ),
          column(t('reserveConsole.madeBy'), ({ madeAt, by }) => `${dateTime(madeAt)}, ${by}`),
          column(t('centre.registeredAt'), ({ registeredAt }) => (
            <ReachedMark wraps at={registeredAt === null ? null : dateTime(registeredAt)} />
          )),
          column(t('column.lastContact'), ({ lastContact }) => dateTime(lastContact)),
          column(t('column.actions'), (one) => <RemoveConsole {...shared} of={one} />),
        ]}
      />
    </section>
  );
}

interface Shared {
  centre: CentreClient;
  projectId: string;
  reload: () => void;
}

function OpenConsole({ centre, projectId, reload, sites }: Shared & Pick<Props, 'sites'>): ReactNode {
  const t = useText();
  const gate = useRoleGate(reserveConsoleContract.open);
  const [code, setCode] = useState<string | null>(null);
  const site = sites.find((one) => one.code === code) ?? (sites.length === 1 ? sites[0] : undefined);
  return (
    <DialogButton gate={gate} label={t('reserveConsole.open')}>
      {(close) => (
        <Form
          submit={t('reserveConsole.open').replace(/\s*…$/, '')}
          ready={site !== undefined}
          onCancel={close}
          onSubmit={async () => {
            if (!site) return;
            await centre.reserveConsole.open({ projectId, siteCode: site.code });
            reload();
            close();
          }}
        >
          <Field label={t('reserveConsole.site')}>
            <Select
              showSearch
              optionFilterProp="label"
              value={site?.code ?? null}
              onChange={setCode}
              options={sites.map(({ code: value, name }) => ({ value, label: `${value} ${name}` }))}
            />
          </Field>
          {site && <p>{t('reserveConsole.openText', { code: site.code, name: site.name })}</p>}
        </Form>
      )}
    </DialogButton>
  );
}

function RemoveConsole({ centre, projectId, reload, of }: Shared & { of: ReserveConsole }): ReactNode {
  const t = useText();
  const gate = useRoleGate(reserveConsoleContract.remove);
  const [open, setOpen] = useState(false);
  const { id: consoleId, siteCode } = of;
  return (
    <>
      <GateButton size="small" gate={gate} onClick={() => setOpen(true)}>
        {t('reserveConsole.remove')}
      </GateButton>
      <ConfirmWithProof
        open={open}
        title={t('reserveConsole.remove').replace(/\s*…$/, '')}
        confirm={t('reserveConsole.remove').replace(/\s*…$/, '')}
        proof={
          of.registeredAt === null
            ? null
            : { label: t('reserveConsole.removeProof', { code: siteCode }), expected: siteCode }
        }
        onClose={() => setOpen(false)}
        onConfirm={async () => {
          await centre.reserveConsole.remove({ projectId, siteCode, consoleId });
          reload();
        }}
      >
        <p>{t('reserveConsole.removeText', { code: siteCode })}</p>
      </ConfirmWithProof>
    </>
  );
}
