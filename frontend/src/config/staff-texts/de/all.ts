import type { StaffTexts } from '../en/all';
import { banking } from './banking';
import { people } from './people';
import { running } from './running';

export const staffTexte: StaffTexts = { staff: { ...people, ...banking, ...running } };
