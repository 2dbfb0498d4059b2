/** The day of a session as a picture, and what contradicts itself in it. */
export const dayPlan = {
  'dayPlan.picture': 'Время дня: {sessions}',
  'dayPlan.noRemarks': 'Противоречий нет, экзамены не пересекаются.',
  'dayPlan.startFirst': 'Выберите начало, чтобы увидеть день.',
  'dayPlan.span.sign-in': 'вход, до предела опоздания',
  'dayPlan.span.start': 'начало возможно',
  'dayPlan.span.work': 'работа',
  'dayPlan.span.extra': 'доп. время без кода',
  'dayPlan.remark.released-after-start-opens':
    'Экзамен {session}: ключ выдаётся в {at}, а начать можно с {before}; до выдачи КИМ никто не откроет.',
  'dayPlan.remark.start-opens-before-sign-in':
    'Экзамен {session}: начать можно с {at}, раньше входа ({before}).',
  'dayPlan.remark.start-closes-after-late-limit':
    'Экзамен {session}: без кода можно начать до {at}, но пришедшим после {before} нужен код.',
  'dayPlan.remark.late-limit-after-end': 'Экзамен {session}: предел опоздания ({at}) позже конца ({before}).',
  'dayPlan.remark.hand-in-before-late-limit':
    'Экзамен {session}: сдать можно с {at}, а впускают до {before}: участники могут встретиться.',
  'dayPlan.remark.no-early-hand-in': 'Экзамен {session}: до конца ({before}) никто не может сдать.',
  'dayPlan.remark.extra-time-beyond-duration':
    'Экзамен {session}: доп. время без кода больше самого экзамена; больше его длительности не даётся.',
  'dayPlan.remark.sessions-overlap':
    'Экзамены {session} и {other} пересекаются: {other} начинается в {at}, {session} с доп. временем кончается в {before}. В одной аудитории оба невозможны.',
  'dayPlan.remark.sign-in-before-end-of-other':
    'Экзамен {other}: вход открывается в {at}, а экзамен {session} с доп. временем может идти до {before}.',
} as const;
