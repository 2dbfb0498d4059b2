/** What a user of the centre is limited to: chosen from what rosters name. */
import { useState, type ReactNode } from 'react';
import { Select } from 'antd';
import type { Limit } from '../../../node/users/contract.ts';
import { Field } from '../../../ui/field.tsx';
import { useSession } from '../../../ui/session.ts';
import { useText } from '../../../ui/text.ts';
import { useLoaded } from '../../../ui/use-loaded.ts';
import type { LimitScreen } from '../../../ui/users/users-panel.tsx';
import type { CentreClient } from '../centre-console.tsx';

type Fields = Parameters<LimitScreen['fields']>[0];

const noSite = { to: 'site', projectId: '', siteCode: '' } as const;

/** Of this kind, with everything to be chosen yet. */
function chosenNothing(kind: Kind): Limit | null {
  if (kind === 'everything') return null;
  return kind === 'site' ? noSite : { to: 'regions', regions: [] };
}

const kindWords = {
  everything: 'limit.to.everything',
  regions: 'limit.to.regions',
  site: 'limit.to.site',
} as const;
type Kind = keyof typeof kindWords;
const kinds = Object.keys(kindWords) as Kind[];

/** For the list of users: projects are loaded once for all its rows. */
export function useLimitScreen(centre: CentreClient): LimitScreen {
  const t = useText();
  const { user } = useSession();
  const projects = useLoaded(user.role === 'site' ? null : 'projects of limits', () => centre.project.list());
  return {
    fields: (props) => <LimitFields centre={centre} {...props} />,
    words: (limit) => {
      if (limit.to === 'regions') return limit.regions.join(', ');
      const project = projects.value?.find(({ id }) => id === limit.projectId);
      return [project?.code, t('limit.siteWords', { site: limit.siteCode })]
        .filter((one) => one !== undefined)
        .join(' · ');
    },
  };
}

function LimitFields(props: Fields & { centre: CentreClient }): ReactNode {
  const t = useText();
  const { limit, only, onChange } = props;
  const kind = only ?? limit?.to ?? 'everything';
  return (
    <>
      {only === undefined && (
        <Field label={t('limit.limitedTo')}>
          <Select
            aria-label={t('limit.limitedTo')}
            value={kind}
            onChange={(to: Kind) => onChange(chosenNothing(to))}
            options={kinds.map((value) => ({ value, label: t(kindWords[value]) }))}
          />
        </Field>
      )}
      {kind === 'regions' && <RegionsField {...props} />}
      {kind === 'site' && <SiteFields {...props} />}
    </>
  );
}

function RegionsField({ centre, limit, onChange }: Fields & { centre: CentreClient }): ReactNode {
  const t = useText();
  const known = useLoaded('regions', () => centre.limit.regions());
  // Closed by each choice: in an open list the Tab key would take back what was chosen last.
  const [open, setOpen] = useState(false);
  return (
    <Field
      label={t('limit.regionsOf')}
      hint={t(known.value?.length === 0 ? 'limit.noRegions' : 'limit.regionsHint')}
    >
      <Select
        mode="multiple"
        aria-label={t('limit.regionsOf')}
        showSearch={{ optionFilterProp: 'label' }}
        value={limit?.to === 'regions' ? limit.regions : []}
        open={open}
        onOpenChange={setOpen}
        onChange={(regions) => {
          onChange({ to: 'regions', regions });
          setOpen(false);
        }}
        options={(known.value ?? []).map(({ region, sites }) => ({
          value: region,
          label: `${region} (${sites})`,
        }))}
      />
    </Field>
  );
}

function SiteFields({ centre, limit, onChange }: Fields & { centre: CentreClient }): ReactNode {
  const t = useText();
  const [search, setSearch] = useState('');
  const { projectId, siteCode } = limit?.to === 'site' ? limit : noSite;
  const projects = useLoaded('projects', () => centre.project.list());
  const sites = useLoaded(projectId === '' ? null : `${projectId} ${search}`, () =>
    centre.limit.sites({ projectId, search }),
  );
  return (
    <>
      <Field label={t('limit.project')}>
        <Select
          className="wide"
          aria-label={t('limit.project')}
          showSearch={{ optionFilterProp: 'label' }}
          value={projectId === '' ? null : projectId}
          onChange={(id) => onChange({ to: 'site', projectId: id, siteCode: '' })}
          options={(projects.value ?? []).map(({ id, code, name }) => ({
            value: id,
            label: `${code} · ${name}`,
          }))}
        />
      </Field>
      <Field label={t('limit.to.site')} hint={t('limit.siteHint')}>
        <Select
          className="wide"
          aria-label={t('limit.to.site')}
          placeholder={t('limit.findSite')}
          disabled={projectId === ''}
          showSearch={{ filterOption: false, onSearch: setSearch }}
          value={siteCode === '' ? null : siteCode}
          onChange={(code) => onChange({ to: 'site', projectId, siteCode: code })}
          options={(sites.value ?? []).map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
        />
      </Field>
    </>
  );
}
