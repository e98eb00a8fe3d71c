import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { useReducedMotion } from '@mantine/hooks';
import { useTranslation } from 'react-i18next';
import { formatDay } from '@/lib/dates';
import { locale } from '@/lib/i18n';
import { formatAmount } from '@/lib/money';
import type { Week } from './weekly-flow';

/** Drawn lazily: the library of charts is larger than the rest of the app. */
export function FlowChart({ weeks, currency }: { weeks: Week[]; currency: string }) {
  const { t } = useTranslation();
  const still = useReducedMotion();
  const money = (minor: number) => formatAmount(minor, currency, locale());
  return (
    <BarChart
      h={240}
      data={weeks.map((week) => ({ ...week, week: formatDay(week.from, locale()) }))}
      dataKey="week"
      series={[
        { name: 'inMinor', label: t('home.flowIn'), color: 'vault.6' },
        { name: 'outMinor', label: t('home.flowOut'), color: 'gray.5' },
      ]}
      valueFormatter={money}
      yAxisProps={{ width: 90 }}
      barProps={{ isAnimationActive: !still }}
      barChartProps={{ accessibilityLayer: false }}
      withLegend
    />
  );
}
