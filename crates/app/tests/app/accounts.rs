//! Accounts, signing in, sessions.

use denkraum_app::{AccountChange, AccountError, NewAccount, Password, PasswordError, SignInError};
use denkraum_domain::{Grant, Login, PersonId, PersonName, Role, operator};
use denkraum_testkit::{PASSWORD, TestApp};

fn typed(password: &str) -> Password {
    Password::attempt(password.to_owned()).unwrap()
}

#[tokio::test]
async fn a_person_signs_in_and_out_and_a_session_outlives_a_restart() {
    let mut test = TestApp::new().await;
    test.person("jana", Role::Coordinator, "pankow").await;
    let signed_in = test.app.sign_in("Jana", &typed(PASSWORD)).await.unwrap();
    assert_eq!(
        test.app.session(&signed_in.token).unwrap().login.as_str(),
        "jana"
    );

    test.restart().await;
    assert!(test.app.session(&signed_in.token).is_some());

    test.app.sign_out(&signed_in.token).await.unwrap();
    assert!(test.app.session(&signed_in.token).is_none());
    test.restart().await;
    assert!(test.app.session(&signed_in.token).is_none());
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours() {
    let test = TestApp::new().await;
    test.person("jana", Role::Coordinator, "pankow").await;
    let token = test
        .app
        .sign_in("jana", &typed(PASSWORD))
        .await
        .unwrap()
        .token;
    test.clock.advance(12 * 3_600_000 - 1);
    assert!(test.app.session(&token).is_some());
    test.clock.advance(1);
    assert!(test.app.session(&token).is_none());
}

#[tokio::test]
async fn wrong_passwords_and_unknown_people_get_the_same_answer_and_then_wait() {
    let test = TestApp::new().await;
    test.person("jana", Role::Coordinator, "pankow").await;
    for login in ["jana", "nobody"] {
        for _ in 0..5 {
            let refused = test.app.sign_in(login, &typed("falsch")).await.unwrap_err();
            assert!(
                matches!(refused, SignInError::WrongCredentials),
                "{refused}"
            );
        }
        let refused = test.app.sign_in(login, &typed(PASSWORD)).await.unwrap_err();
        assert!(
            matches!(refused, SignInError::TooManyAttempts { wait_seconds: 2 }),
            "{refused}"
        );
    }
    test.clock.advance(2_000);
    assert!(test.app.sign_in("jana", &typed(PASSWORD)).await.is_ok());
}

#[tokio::test]
async fn closing_an_account_ends_its_sessions_at_once() {
    let test = TestApp::new().await;
    test.person("alex", Role::Administrator, "").await;
    let jana = test.person("jana", Role::Coordinator, "pankow").await;
    let token = test
        .app
        .sign_in("jana", &typed(PASSWORD))
        .await
        .unwrap()
        .token;
    let permit = operator::permit_admin(PersonId::from_u128(0));
    let close = AccountChange {
        active: Some(false),
        ..AccountChange::default()
    };
    test.app
        .change_account(&permit, jana.person, close)
        .await
        .unwrap();
    assert!(test.app.session(&token).is_none());
    let refused = test
        .app
        .sign_in("jana", &typed(PASSWORD))
        .await
        .unwrap_err();
    assert!(matches!(refused, SignInError::WrongCredentials));
}

#[tokio::test]
async fn a_log_in_is_given_once_and_the_last_administrator_stays() {
    let test = TestApp::new().await;
    let alex = test.person("alex", Role::Administrator, "").await;
    let permit = operator::permit_admin(alex.person);
    let again = NewAccount {
        login: Login::parse("ALEX").unwrap(),
        name: PersonName::parse("Alex").unwrap(),
        label: String::new(),
        grants: vec![],
        password: Password::new(PASSWORD.to_owned()).unwrap(),
    };
    let refused = test.app.add_account(&permit, again).await.unwrap_err();
    assert!(matches!(refused, AccountError::LoginTaken(_)));
    let demote = AccountChange {
        grants: Some(vec![Grant {
            role: Role::Reader,
            space: None,
        }]),
        ..AccountChange::default()
    };
    let refused = test
        .app
        .change_account(&permit, alex.person, demote)
        .await
        .unwrap_err();
    assert!(matches!(refused, AccountError::LastAdministrator));
}

#[tokio::test]
async fn the_set_up_code_makes_one_administrator_and_no_second() {
    let test = TestApp::new().await;
    let code = test.app.set_up_code().unwrap();
    let set_up = async |code: &str, login: &str| {
        let password = Password::new(PASSWORD.to_owned()).unwrap();
        let (login, name) = (
            Login::parse(login).unwrap(),
            PersonName::parse(login).unwrap(),
        );
        test.app.set_up(code, login, name, password).await
    };
    assert!(set_up("00", "eve").await.is_err());
    assert!(set_up(&code, "alex").await.is_ok());
    assert!(set_up(&code, "eve").await.is_err());
    assert_eq!(test.app.set_up_code(), None);
}

#[test]
fn a_new_password_has_ten_characters_and_is_never_printed() {
    assert_eq!(
        Password::new("kurz".to_owned()).unwrap_err(),
        PasswordError::TooShort
    );
    let password = Password::new("zehn Zeichen".to_owned()).unwrap();
    assert_eq!(format!("{password:?}"), "Password(…)");
}
