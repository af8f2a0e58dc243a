//! What we want to reach, each as a comparison within one run.

mod list;

use super::peers::PEERS;
use super::results::Results;

pub(crate) use list::BARS;

/// One comparison.
pub(crate) struct Bar {
    /// Whose value is compared: ours with its own client or with stock clients.
    whose: &'static str,
    /// What is compared.
    pub(crate) what: &'static str,
    /// Of which scenario, with which count.
    pub(crate) scenario: &'static str,
    count: Option<u64>,
    /// The name of the value.
    value: &'static str,
    demand: Demand,
}

/// With whom, and how.
enum Demand {
    /// At most so much above the relay's.
    AboveRelay(f64),
    /// At most so many times the value of one server.
    TimesOf(&'static str, f64),
    /// At least so many times the value of one server.
    AtLeastOf(&'static str, f64),
    /// At most so many times the smallest of the peers, or this much, whichever is more.
    TimesLeastPeer(f64, f64),
    /// At least so many times the largest of the peers.
    AtLeastBestPeer(f64),
    /// At most this.
    AtMost(f64),
    /// None at all.
    None,
}

/// How a comparison came out.
pub(crate) struct Outcome {
    pub(crate) ours: f64,
    pub(crate) against: String,
    pub(crate) bar: String,
    pub(crate) ratio: String,
    pub(crate) met: bool,
}

const fn bar(
    what: &'static str,
    scenario: &'static str,
    count: Option<u64>,
    value: &'static str,
    demand: Demand,
) -> Bar {
    Bar {
        whose: "ours",
        what,
        scenario,
        count,
        value,
        demand,
    }
}

/// The same for clients of the standard protocol alone.
const fn stock(bar: Bar) -> Bar {
    Bar {
        whose: "ours-stock",
        ..bar
    }
}

impl Bar {
    fn of(&self, results: &Results, target: &str) -> Option<f64> {
        // A page that never came whole was not opened.
        if matches!(self.scenario, "cold" | "warm")
            && !results.all(target, self.scenario, |line| line["whole"] == true)
        {
            return None;
        }
        results.value(target, self.scenario, self.count, self.value)
    }

    fn best_peer(
        &self,
        results: &Results,
        is_better: fn(f64, f64) -> bool,
    ) -> Option<(&'static str, f64)> {
        let found = PEERS
            .iter()
            .filter_map(|&peer| Some((peer, self.of(results, peer)?)));
        found.reduce(|best, next| {
            if is_better(next.1, best.1) {
                next
            } else {
                best
            }
        })
    }

    /// How it came out; `None` if something of it was not measured.
    pub(crate) fn outcome(&self, results: &Results) -> Option<Outcome> {
        let ours = self.of(results, self.whose)?;
        let named = |name: &str, value: f64| format!("{name} {value}");
        let (against, bar, ratio, met) = match self.demand {
            Demand::None => (String::new(), "0".to_owned(), String::new(), ours <= 0.0),
            Demand::AtMost(most) => (
                String::new(),
                format!("≤ {most}"),
                String::new(),
                ours <= most,
            ),
            Demand::AboveRelay(most) => {
                let relay = self.of(results, "relay")?;
                let above = ours - relay;
                (
                    named("relay", relay),
                    format!("≤ + {most}"),
                    format!("{above:+.2}"),
                    above <= most,
                )
            }
            Demand::TimesOf(name, most) => {
                let other = self.of(results, name)?;
                let ratio = ours / other;
                (
                    named(name, other),
                    format!("≤ {most} ×"),
                    format!("{ratio:.2} ×"),
                    ratio <= most,
                )
            }
            Demand::AtLeastOf(name, least) => {
                let other = self.of(results, name)?;
                let ratio = ours / other;
                (
                    named(name, other),
                    format!("≥ {least} ×"),
                    format!("{ratio:.2} ×"),
                    ratio >= least,
                )
            }
            Demand::TimesLeastPeer(most, or) => {
                let (name, other) = self.best_peer(results, |one, two| one < two)?;
                let ratio = ours / other;
                let or_text = if or > 0.0 {
                    format!(" or {or}")
                } else {
                    String::new()
                };
                let met = ratio <= most || ours <= or;
                (
                    named(name, other),
                    format!("≤ {most} ×{or_text}"),
                    format!("{ratio:.2} ×"),
                    met,
                )
            }
            Demand::AtLeastBestPeer(least) => {
                let (name, other) = self.best_peer(results, |one, two| one > two)?;
                let ratio = ours / other;
                (
                    named(name, other),
                    format!("≥ {least} ×"),
                    format!("{ratio:.2} ×"),
                    ratio >= least,
                )
            }
        };
        Some(Outcome {
            ours,
            against,
            bar,
            ratio,
            met,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outcome(what: &str, text: &str) -> Option<(String, bool)> {
        let results = Results::parse(text).unwrap();
        let bar = BARS.iter().find(|bar| bar.what == what).unwrap();
        let outcome = bar.outcome(&results)?;
        Some((outcome.ratio, outcome.met))
    }

    #[test]
    fn more_is_better_where_more_is_better() {
        let what = "a real history put in: updates/s";
        let line = |target: &str, value: u32| {
            format!(
                "{{\"target\":\"{target}\",\"scenario\":\"ingest\",\"n\":1,\"updates_per_s\":{value}}}\n"
            )
        };
        let text = line("ours", 50) + &line("hocuspocus", 10) + &line("y-websocket", 20);
        assert_eq!(outcome(what, &text), Some(("2.50 ×".to_owned(), false)));
        assert_eq!(outcome(what, &line("ours", 50)), None);
    }

    #[test]
    fn a_page_that_did_not_come_whole_is_no_rival() {
        let what = "that page opened once more, ms";
        let line = |target: &str, ms: u32, whole: bool| {
            format!(
                "{{\"target\":\"{target}\",\"scenario\":\"warm\",\"n\":1,\"ms\":{ms},\"whole\":{whole}}}\n"
            )
        };
        let text =
            line("ours", 4, true) + &line("hocuspocus", 8, true) + &line("y-websocket", 1, false);
        assert_eq!(outcome(what, &text), Some(("0.50 ×".to_owned(), true)));
    }

    #[test]
    fn what_has_a_bar_of_its_own_needs_no_rival() {
        let what = "a right taken away: p99 until the page hears of it, ms";
        for (ms, met) in [(3, true), (1001, false)] {
            let text = format!(
                "{{\"target\":\"ours\",\"scenario\":\"rights\",\"n\":1000,\"p99_ms\":{ms}}}\n"
            );
            assert_eq!(outcome(what, &text), Some((String::new(), met)));
        }
    }
}
