import type { photos as en } from '../en/photos.ts';
import type { SameKeys } from '../strings.ts';

export const photos: SameKeys<typeof en> = {
  'photos.add': 'Фотографии …',
  'photos.title': 'Фотографии участников',
  'photos.text':
    'Имя файла – номер участника, JPEG, PNG или WebP до 200 КБ; папки значения не имеют. Имеющаяся фотография заменяется. Верные сохраняются, остальные перечислены.',
  'photos.drop': 'Перетащите сюда папку, фотографии или ZIP, или нажмите, чтобы выбрать папку',
  'photos.choose': 'Выбрать фотографии или ZIP …',
  'photos.progress': '{done} из {of} файлов · {sent:bytes}',
  'photos.report': 'Сохранено {kept}, из них заменено {replaced}; без изменений {same}; не принято {wrong}',
  'photos.replaced': 'Заменены: прежних фотографий больше нет',
  'photos.wrong': 'Не приняты',
  'photos.wrongShown': 'Показаны первые {shown} из {all}.',
  'refusal.photo-of-nobody-here':
    'В проекте нет участника с таким номером.|Назовите файл по номеру участника.',
  'refusal.photos-without-roster':
    'Списка ещё нет: фотографии ни к кому не относятся.|Сначала импортируйте список.',
};
